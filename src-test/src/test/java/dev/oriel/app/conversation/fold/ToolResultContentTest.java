package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.oriel.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The readable text of results of tools of any kind. In the table `~` is a line break.
class ToolResultContentTest {
    private static ToolResultContent of(String json) throws JsonProcessingException {
        return ToolResultContent.of(Json.mapper().readTree(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'plain' | plain",
                "['a',{'type':'text','text':'b'}] | a~b",
                "[{'type':'web_search_result','title':'Bay','url':'https://e.org','page_age':'2"
                        + " d'}] | Bay~  https://e.org  (2 d)",
                "[{'type':'web_search_result','title':'Bay','url':'https://e.org'}]"
                        + " | Bay~  https://e.org",
                "{'type':'web_fetch_result','url':'https://e.org','content':{'type':'text',"
                        + "'text':'page'}} | https://e.org~page",
                "[{'type':'search_result','title':'T','source':'S','content':[{'type':'text',"
                        + "'text':'x'}]}] | T~S~x",
                "[{'type':'resource','resource':{'uri':'file:///a','text':'inside'}}]"
                        + " | file:///a~inside",
                "[{'type':'resource_link','name':'a','uri':'file:///a'}] | a~file:///a",
                "[{'type':'tool_reference','tool_name':'Grep'}] | Grep",
                "{'type':'tool_search_tool_search_result','tool_references':["
                        + "{'type':'tool_reference','tool_name':'A'},"
                        + "{'type':'tool_reference','tool_name':'B'}]} | A~B",
                "[{'type':'document','title':'D','source':{'type':'text','data':'words'}}] |"
                        + " D~words",
                "[{'type':'document','title':'D','source':{'type':'url','url':'https://e.org'}}]"
                        + " | D~https://e.org",
                "[{'type':'document','title':'D','source':{'type':'content','content':["
                        + "{'type':'text','text':'x'}]}}] | D~x",
                "{'type':'bash_code_execution_result','stdout':'out','stderr':'err',"
                        + "'return_code':2} | out~err~Exit code 2",
                "{'type':'code_execution_result','stdout':'','stderr':'','return_code':0} | ``",
                "[{'type':'new','content':'inner'}] | inner",
                "[{'type':'new','content':[{'type':'text','text':'deep'}]}] | deep",
                "[{'type':'text','text':''},{'type':'text','text':'b'}] | b",
            })
    void theReadablePartsAreLines(String json, String lines) throws Exception {
        assertThat(of(json).text()).isEqualTo(lines.replace('~', '\n'));
    }

    @Test
    void imagesAreNoText() throws Exception {
        ToolResultContent content =
                of("[{'type':'image'},{'type':'text','text':'a'},{'type':'image'}]");
        assertThat(content).isEqualTo(new ToolResultContent("a", false));
        assertThat(of("{'type':'image'}")).isEqualTo(new ToolResultContent("", false));
    }

    @Test
    void anErrorOfTheApisOwnToolsIsAFailure() throws Exception {
        assertThat(
                        of(
                                "{'type':'web_search_tool_result_error',"
                                    + "'error_code':'max_uses_exceeded','error_message':'Later.'}"))
                .isEqualTo(
                        new ToolResultContent(
                                "Failed: the tool was used as often as the turn allows. Later.",
                                true));
        assertThat(of("[{'type':'x_error','error_code':'bad_url'}]"))
                .isEqualTo(new ToolResultContent("Failed: bad url", true));
        assertThat(of("[{'type':'x_error'}]").failed()).isFalse();
        assertThat(of("{'type':'r','stdout':'a','return_code':1}").failed()).isTrue();
        assertThat(of("{'type':'r','stdout':'a','return_code':0}").failed()).isFalse();
    }

    @Test
    void furtherPartsOfAHugeResultAreCounted() throws Exception {
        String part = "{'type':'text','text':'x'},";
        ToolResultContent content = of("[" + part.repeat(1_600) + "{'type':'image'}]");
        assertThat(content.text().lines()).hasSize(501).last().isEqualTo("[1,100 more parts]");
        assertThat(of("[" + part.repeat(499) + "{'type':'text','text':'y'}]").text().lines())
                .hasSize(500)
                .last()
                .isEqualTo("y");
    }

    @Test
    void missingContentIsEmpty() {
        assertThat(ToolResultContent.of(Json.object().path("content")))
                .isEqualTo(new ToolResultContent("", false));
    }
}
