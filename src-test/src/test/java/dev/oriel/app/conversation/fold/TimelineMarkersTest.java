package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Outcome;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.testing.data.SampleFrames;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Interruptions, denials and messages of the agent are recognised by members of messages, never by
/// words in a text.
class TimelineMarkersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final Timeline timeline = new Timeline(new StreamedAnswer(), new UnsentItems());

    private List<Item> fold() {
        frames.take().forEach(m -> timeline.apply(m, NOW));
        timeline.flushStreamed();
        return timeline.items();
    }

    private <T extends Item> T only(Class<T> type) {
        List<T> found = fold().stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private ToolState tool() {
        return only(Item.Tool.class).run().state();
    }

    private void ofAgent(String more, String text) {
        frames.journaled(
                """
                {"type":"user","session_id":"s",%s"message":{"role":"user","content":[
                  {"type":"text","text":"%s"}]}}
                """
                        .formatted(more, text));
    }

    private void aborted(String reason) {
        frames.journaled(
                """
                {"type":"result","subtype":"error_during_execution","is_error":true,
                 "terminal_reason":"%s","errors":["[ede_diagnostic] x"]}
                """
                        .formatted(reason));
    }

    @Test
    void changesByAClientAreNotices() {
        frames.journaled(
                """
                {"type":"system","subtype":"oriel_control","uuid":"u","text":"MCP servers of this session: notes",
                 "request":{"subtype":"mcp_set_servers"}}
                """);

        assertThat(only(Item.Notice.class).text()).isEqualTo("MCP servers of this session: notes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Request interrupted by user]",
                "[Request interrupted by user for tool use]",
                "[Request interrupted by user] is what it says. Why?",
                "<local-command-stdout>done</local-command-stdout>",
                "<system-reminder>x</system-reminder>",
                "API Error: 500"
            })
    void aPromptIsAPromptWhateverItsText(String words) {
        frames.prompt(words);
        frames.text("m1", words).result(10);

        assertThat(only(Item.Prompt.class).text()).isEqualTo(words);
        assertThat(only(Item.Answer.class).markdown()).isEqualTo(words);
        assertThat(only(Item.TurnEnd.class).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aToolThatPrintsTheMarkersSucceeds() {
        frames.toolUse("m1", "t1", "Bash", "{\"command\":\"grep x\"}")
                .toolResult(
                        "t1",
                        "log:12: [Request interrupted by user for tool use]",
                        false,
                        "{\"session_id\":\"s\",\"tool_use_result\":{\"interrupted\":false}}")
                .result(10);

        assertThat(tool()).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void aToolThatFailsWithTheMarkersFailed() {
        frames.toolUse("m1", "t1", "Bash", "{\"command\":\"grep x\"}")
                .toolResult("t1", "[Request interrupted by user]", true)
                .text("m2", "It failed.")
                .result(10);

        assertThat(tool()).isInstanceOf(ToolState.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The user doesn't want to proceed with this tool use.",
                "Exit code 137\\n[Request interrupted by user for tool use]\\npartial",
                "Tool permission request failed: AbortError"
            })
    void anAbortedToolIsStoppedWhateverItsResult(String said) {
        frames.toolUse("m1", "t0", "Bash", "{\"command\":\"false\"}").toolResult("t0", "x", true);
        frames.toolUse("m2", "t1", "Bash", "{\"command\":\"sleep\"}").toolResult("t1", said, true);
        ofAgent("", "[Request interrupted by user for tool use]");
        aborted("aborted_tools");

        assertThat(fold().stream().filter(Item.Tool.class::isInstance))
                .extracting(i -> ((Item.Tool) i).run().state().getClass().getSimpleName())
                .containsExactly("Failed", "Stopped");
        assertThat(only(Item.TurnEnd.class).outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void aToolThatFailedBeforeTheTurnWasInterruptedStaysFailed() {
        frames.toolUse("m1", "t1", "Bash", "{\"command\":\"false\"}").toolResult("t1", "x", true);
        ofAgent("", "[Request interrupted by user]");
        aborted("aborted_streaming");

        assertThat(tool()).isInstanceOf(ToolState.Failed.class);
    }

    @Test
    void aTurnThatEndedByItselfIsNotReportedAsInterrupted() {
        ofAgent("", "[Request interrupted by user]");
        frames.journaled(
                "{\"type\":\"system\",\"subtype\":\"oriel_agent_exited\",\"cause\":\"crashed\",\"text\":\"Claude"
                    + " crashed.\"}");
        frames.prompt("again").text("m2", "Here.").result(10);

        assertThat(fold().toString()).doesNotContain("by you");
        assertThat(only(Item.TurnEnd.class).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aNoticeKeepsTextThatLooksLikeTags() {
        frames.journaled(
                "{\"type\":\"system\",\"subtype\":\"informational\",\"content\":\"Use"
                        + " <command-name> or <system>\"}");

        assertThat(only(Item.Notice.class).text()).isEqualTo("Use <command-name> or <system>");
    }

    @Test
    void outputOfACommandIsShownWithoutItsElements() {
        ofAgent(
                "\"isReplay\":true,",
                "<command-name>/model</command-name>\\n<command-args>haiku</command-args>");

        assertThat(only(Item.Notice.class).text()).isEqualTo("/model haiku");
    }

    @Test
    void aCompactionDoesNotRepeatTheOutputOfACommand() {
        ofAgent("\"isReplay\":true,", "<local-command-stdout>Cost 0.1</local-command-stdout>");
        frames.journaled("{\"type\":\"result\",\"subtype\":\"success\",\"num_turns\":0}");
        frames.journaled("{\"type\":\"system\",\"subtype\":\"compact_boundary\"}");
        ofAgent("\"isReplay\":true,", "<local-command-stdout>Cost 0.1</local-command-stdout>");
        ofAgent("\"isReplay\":true,", "<local-command-stdout>Compacted</local-command-stdout>");
        frames.journaled("{\"type\":\"result\",\"subtype\":\"success\",\"num_turns\":0}");

        assertThat(fold())
                .extracting(i -> i instanceof Item.Notice n ? n.text() : "compaction")
                .containsExactly("Cost 0.1", "compaction", "Compacted");
    }

    @Test
    void aCompactionHasTheSummaryThatFollowsIt() {
        frames.journaled(
                """
                {"type":"system","subtype":"compact_boundary",
                 "compact_metadata":{"pre_tokens":152000,"post_tokens":12000}}
                """);
        ofAgent("\"isSynthetic\":true,", "We **did** things.");
        ofAgent("\"isSynthetic\":true,", "Go on.");
        Item.Compaction compaction = only(Item.Compaction.class);
        assertThat(compaction.before()).isEqualTo(152_000);
        assertThat(compaction.after()).isEqualTo(12_000);
        assertThat(compaction.summary()).isEqualTo("We **did** things.");
        assertThat(only(Item.Notice.class).text()).isEqualTo("Continued by itself");
    }

    @Test
    void cachedTokensCountAsInput() {
        frames.journaled(
                """
                {"type":"result","subtype":"success","num_turns":1,"usage":{"input_tokens":10,
                 "cache_read_input_tokens":200,"cache_creation_input_tokens":0,"output_tokens":5,
                 "cache_creation":{"ephemeral_1h_input_tokens":1000,"ephemeral_5m_input_tokens":2000}}}
                """);

        assertThat(only(Item.TurnEnd.class).tokensIn()).isEqualTo(3_210);
    }

    @Test
    void aWarningOfTheAgentIsNotAnError() {
        frames.journaled(
                "{\"type\":\"system\",\"subtype\":\"informational\",\"level\":\"warning\",\"content\":\"error:"
                    + " none\"}");

        assertThat(only(Item.Notice.class).level()).isEqualTo(Level.WARNING);
    }
}
