package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
}
