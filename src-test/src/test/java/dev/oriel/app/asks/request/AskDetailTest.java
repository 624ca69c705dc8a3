package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskDetailTest {
    private static List<String> lines(String tool, String input) throws MalformedMessageException {
        Ask ask =
                Ask.of(
                        Message.parse(
                                "{\"type\":\"control_request\",\"request_id\":\"1\",\"request\":{\"subtype\":"
                                    + "\"can_use_tool\",\"tool_name\":\""
                                        + tool
                                        + "\",\"input\":"
                                        + input
                                        + "}}"));
        return AskDetail.of(Objects.requireNonNull(ask)).lines().stream()
                .map(l -> l.mark() + " " + l.text())
                .toList();
    }

    @Test
    void anEditIsRemovedAndAddedLines() throws Exception {
        assertThat(
                        lines(
                                "Edit",
                                "{\"file_path\":\"/a.txt\",\"old_string\":\"one\\ntwo\\nthree\","
                                        + "\"new_string\":\"one\\n2\\n2.5\\nthree\"}"))
                .containsExactly(
                        "HEADING /a.txt",
                        "PLAIN one",
                        "REMOVED two",
                        "ADDED 2",
                        "ADDED 2.5",
                        "PLAIN three");
    }

    @Test
    void aCommandIsShownWholeWithItsOtherArguments() throws Exception {
        assertThat(
                        lines(
                                "Bash",
                                "{\"command\":\"make\\nmake install\",\"description\":\"build\","
                                        + "\"run_in_background\":true}"))
                .containsExactly(
                        "PLAIN make", "PLAIN make install", "PLAIN run_in_background: true");
    }

    @Test
    void anUnknownToolIsShownWithAllItsArguments() throws Exception {
        assertThat(lines("mcp__mail__send", "{\"to\":\"a@b\",\"text\":\"one\\ntwo\",\"n\":3}"))
                .containsExactly(
                        "PLAIN to: a@b", "HEADING text", "PLAIN one", "PLAIN two", "PLAIN n: 3");
    }

    private static Ask ask(String tool, String input) throws MalformedMessageException {
        String json =
                """
                {"type":"control_request","request_id":"1","request":{"subtype":"can_use_tool",\
                "tool_name":"%s","input":%s}}
                """
                        .formatted(tool, input);
        return Objects.requireNonNull(Ask.of(Message.parse(json.strip())));
    }

    @ParameterizedTest
    @CsvSource({
        "Bash, Run this command?",
        "Edit, Change this file?",
        "MultiEdit, Change this file?",
        "Write, Write this file?",
        "NotebookEdit, Change this notebook?",
        "WebFetch, Fetch this page?",
        "WebSearch, Search the web for this?",
        "Read, Read this file?",
        "mcp__x__y, Use x · y?",
        "mcp__x, Use mcp__x?",
        "a\u202eb, Use a⟨U+202E⟩b?"
    })
    void theQuestionNamesWhatTheToolDoes(String tool, String question) throws Exception {
        Ask asked = ask(tool, "{}");
        assertThat(AskDetail.of(asked).question()).isEqualTo(question);
        assertThat(AskDetail.asker(asked)).isEqualTo("Claude");
    }

    @Test
    void aFileThatIsWrittenIsShownWhole() throws Exception {
        assertThat(lines("Write", "{\"file_path\":\"/a.txt\",\"content\":\"one\\n\\ntwo\\n\"}"))
                .startsWith("HEADING /a.txt", "ADDED one", "ADDED ", "ADDED two");
    }

    @Test
    void severalEditsAreShownInTheirOrder() throws Exception {
        assertThat(
                        lines(
                                "MultiEdit",
                                """
                                {"file_path":"/a.txt","edits":[{"old_string":"one","new_string":"1"},\
                                {"old_string":"two","new_string":"2","replace_all":true}]}\
                                """))
                .containsExactly(
                        "HEADING /a.txt",
                        "REMOVED one",
                        "ADDED 1",
                        "HEADING everywhere in the file",
                        "REMOVED two",
                        "ADDED 2");
    }

    @Test
    void aTrustQuestionIsAskedByOrielAndListsEachFileOnce() throws Exception {
        String json =
                """
                {"type":"control_request","request_id":"1","request":{"subtype":"oriel_trust","folder":"/x",\
                "items":[{"file":".mcp.json","kind":"mcp","text":"npx a"},\
                {"file":".mcp.json","kind":"mcp","text":"npx b"},\
                {"file":"settings.json","kind":"hook","text":"rm c"}],"more":3}}\
                """;
        Ask trust = Objects.requireNonNull(Ask.of(Message.parse(json)));
        assertThat(AskDetail.asker(trust)).isEqualTo("Oriel");
        assertThat(AskDetail.of(trust).lines())
                .extracting(l -> l.mark() + " " + l.text())
                .containsExactly(
                        "PLAIN /x",
                        "HEADING .mcp.json",
                        "PLAIN npx a",
                        "PLAIN npx b",
                        "HEADING settings.json",
                        "PLAIN rm c",
                        "HEADING and 3 more");
    }
}
