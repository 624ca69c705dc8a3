package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which text of a message can be found. A line of the index is shown as `/`.
class SearchableTextTest {
    private static final int BLOCK = 20 * 1024;
    private static final int MESSAGE = 128 * 1024;

    private static String found(String json) {
        return SearchableText.from(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String content(String content) {
        return found("{'type':'user','message':{'role':'user','content':" + content + "}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'hello'|hello/",
                "[{'type':'text','text':'one'},{'type':'text','text':'two'}]|one/two/",
                "[{'type':'thinking','thinking':'no'}]|``",
                "[{'type':'image','source':{'data':'no','text':'no'}}]|``",
                "[{'type':'tool_use','id':'no','name':'no','input':{'a':'x','b':{'c':['y',1]},'d':'z'}}]"
                    + "|x/y/z/",
                "[{'type':'tool_use','input':'x'}]|x/",
                "[{'type':'tool_use','input':7},{'type':'text','text':'after'}]|after/",
                "[{'type':'tool_use','input':{}},{'type':'text','text':'after'}]|after/",
                "[{'type':'tool_result','content':'out'}]|out/",
                "[{'type':'tool_result','content':[{'type':'text','text':'out'}]}]|out/",
                "[{'text':{'text':'no'}},{'text':'after'}]|after/",
                "['no',7,null,{'text':'after'}]|after/",
                "{'text':'no'}|``",
                "null|``",
            })
    void promptsAnswersInputsAndResultsAreFound(String content, String text) {
        assertThat(content(content)).isEqualTo(text.replace('/', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'system','text':'no','content':'no'}",
                "{'message':'no'}",
                "{'message':{'id':'no','usage':{'content':'no'}}}",
                "['no']",
                "7",
                "no json",
            })
    void otherMembersAreNotFound(String json) {
        assertThat(found(json)).isEmpty();
    }

    @Test
    void membersThatAreNotNeededAreSkippedInAnyOrder() {
        assertThat(
                        found(
                                "{'x':{'message':{'content':'no'}},"
                                        + "'message':{'a':['no'],'content':'yes','b':{}},'y':[1]}"))
                .isEqualTo("yes\n");
    }

    @Test
    void theTextOfAnAttachedTextFileIsFoundButNoEncodedData() {
        String text =
                "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'in"
                        + " the file','x':{'data':'no'}},'title':'/a/notes.txt'}";
        String pdf = "{'type':'document','source':{'type':'base64','data':'cGRm'}}";
        String image = "{'type':'image','source':{'data':'cG5n','type':'base64'}}";
        String odd = "{'type':'document','source':['text'],'text':'odd'}";
        assertThat(content("[" + String.join(",", pdf, text, image, odd, "{'text':'Do it'}") + "]"))
                .isEqualTo("in the file\nodd\nDo it\n");
    }

    @Test
    void theTextBeforeAnErrorIsFound() {
        assertThat(found("{'message':{'content':['x',{'text':'one'},{'text':'two"))
                .isEqualTo("one\n");
    }

    @Test
    void onlyTheStartOfALongBlockIsFound() {
        String block = "{'type':'text','text':'" + "x".repeat(BLOCK + 10) + "'}";
        assertThat(content("[" + block + "]")).hasSize(BLOCK + 1);
        assertThat(content("'" + "x".repeat(BLOCK + 10) + "'")).hasSize(BLOCK + 1);
        assertThat(content("[" + block + ",{'text':'after'}]")).endsWith("x\nafter\n");
        String inputs = "'a':'" + "x".repeat(BLOCK - 2) + "','b':'yyyy','c':'zz'";
        assertThat(content("[{'input':{" + inputs + "}}]")).endsWith("x\nyy\n");
    }

    @Test
    void onlyTheStartOfALongMessageIsFound() {
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            blocks.append(i == 0 ? "" : ",");
            blocks.append("{'text':'").append("x".repeat(BLOCK)).append("'}");
        }
        assertThat(content("[" + blocks + "]").length()).isBetween(MESSAGE, MESSAGE + 1);
    }
}
