package dev.oriel.app.asks.request;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.InputEdits.Part;
import dev.oriel.app.asks.request.InputEdits.Result;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputEditsTest {
    private static Ask ask(String tool, ObjectNode input) {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", "1");
        frame.putObject("request")
                .put("subtype", "can_use_tool")
                .put("tool_name", tool)
                .set("input", input);
        return Objects.requireNonNull(Ask.of(Message.of(frame)));
    }

    private static Ask ask(String tool, String input) {
        return ask(tool, (ObjectNode) json(input));
    }

    private static ObjectNode changed(Ask ask, Map<Integer, String> changes) {
        return ((Result.Changed) InputEdits.apply(ask, changes)).input();
    }

    private static String wrong(Ask ask, String change) {
        return ((Result.Wrong) InputEdits.apply(ask, Map.of(0, change))).why();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bash|{'command':'old','timeout':5}|command",
                "Write|{'file_path':'/a','content':'old'}|content",
                "Edit|{'file_path':'/a','old_string':'x','new_string':'old'}|new_string",
                "NotebookEdit|{'notebook_path':'/a','cell_id':'1','new_source':'old'}|new_source",
            })
    void theTextThatTakesEffectCanBeChangedAndNothingElse(
            String tool, String input, String member) {
        Ask ask = ask(tool, input);
        assertThat(InputEdits.parts(ask)).extracting(Part::text).containsExactly("old");
        ObjectNode expected = ask.input().deepCopy().put(member, "new\ntext");
        assertThat(changed(ask, Map.of(0, "new\ntext"))).isEqualTo(expected);
        assertThat(changed(ask, Map.of())).isEqualTo(ask.input());
        assertThat(changed(ask, Map.of(7, "x"))).isEqualTo(ask.input());
    }

    @Test
    void eachChangeOfAMultiEditIsAPart() {
        Ask ask =
                ask(
                        "MultiEdit",
                        "{'file_path':'/a','edits':[{'old_string':'a','new_string':'b'},"
                                + "{'old_string':'c','new_string':'d'}]}");
        assertThat(InputEdits.parts(ask))
                .extracting(Part::name)
                .containsExactly("New text of change 1 of 2", "New text of change 2 of 2");
        assertThat(changed(ask, Map.of(1, "D")))
                .isEqualTo(
                        json(
                                "{'file_path':'/a','edits':[{'old_string':'a','new_string':'b'},"
                                        + "{'old_string':'c','new_string':'D'}]}"));
        assertThat(ask.input().at("/edits/1/new_string").asText()).isEqualTo("d");
    }

    @Test
    void anyOtherInputIsChangedAsJson() {
        Ask ask = ask("mcp__mail__send", "{'to':'a@b','n':1}");
        Part whole = InputEdits.parts(ask).getFirst();
        assertThat(json(whole.text())).isEqualTo(ask.input());
        assertThat(changed(ask, Map.of(0, "{\"to\": \"c@d\"}"))).isEqualTo(json("{'to':'c@d'}"));
        assertThat(wrong(ask, "{\n  \"to\": }")).isEqualTo("This is not JSON: line 2, column 9");
        assertThat(wrong(ask, "[1]")).startsWith("The input has to be a JSON object");
        assertThat(wrong(ask, "")).startsWith("The input has to be a JSON object");
        assertThat(wrong(ask, "{} trailing")).startsWith("This is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'file_path':'/a','edits':[{'old_string':'a'}]}",
                "{'file_path':'/a','edits':'none'}",
                "{'edits':[{'old_string':'a','new_string':'b','also':1}]}",
            })
    void anEditOfAnUnusualFormIsChangedAsJsonToo(String input) {
        assertThat(InputEdits.parts(ask("MultiEdit", input)))
                .extracting(Part::name)
                .containsExactly("Input as JSON");
    }

    @Test
    void lineEndsOfTheTextAreKept() {
        Ask ask =
                ask("Write", Json.object().put("file_path", "/a").put("content", "one\r\ntwo\r\n"));
        assertThat(InputEdits.parts(ask).getFirst().text()).isEqualTo("one\ntwo\n");
        assertThat(changed(ask, Map.of(0, "one\n2\n")).path("content").asText())
                .isEqualTo("one\r\n2\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\ntwo\n", "one\rtwo", "bell\u0007", "nul\u0000", "del\u007f"})
    void aTextThatAFieldWouldSpoilIsNotOffered(String content) {
        Ask ask = ask("Write", Json.object().put("file_path", "/a").put("content", content));
        assertThat(InputEdits.parts(ask)).isEmpty();
    }

    @Test
    void aVeryLongTextIsNotOffered() {
        String content = "x".repeat(InputEdits.MAX_LENGTH + 1);
        Ask ask = ask("Write", Json.object().put("file_path", "/a").put("content", content));
        assertThat(InputEdits.parts(ask)).isEmpty();
    }

    @Test
    void anEmptyCommandIsNoCommand() {
        assertThat(wrong(ask("Bash", "{'command':'ls'}"), " \n")).startsWith("The command is");
        Ask edit = ask("Edit", "{'file_path':'/a','old_string':'x','new_string':'y'}");
        assertThat(changed(edit, Map.of(0, "")).path("new_string").asText()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ExitPlanMode|{'plan':'# A'}",
                "AskUserQuestion|{'questions':[{'question':'a'}]}",
                "NotebookEdit|{'notebook_path':'/a','new_source':'','edit_mode':'delete'}",
            })
    void whatIsNoInputOfAToolIsNotChanged(String tool, String input) {
        assertThat(InputEdits.parts(ask(tool, input))).isEmpty();
    }
}
