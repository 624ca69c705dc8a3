package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Outcome;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.testing.data.SampleFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TimelineTest {
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

    private ToolRun tool() {
        return only(Item.Tool.class).run();
    }

    private ToolOutput output() {
        return Objects.requireNonNull(tool().output());
    }

    @Test
    void aTurnIsAPromptAnAnswerAndAnEnd() {
        frames.prompt("hello").text("m1", "Hello from Claude").result(1_500);

        List<Item> items = fold();

        assertThat(items).hasSize(3);
        assertThat(items.get(0))
                .isInstanceOfSatisfying(
                        Item.Prompt.class, p -> assertThat(p.text()).isEqualTo("hello"));
        assertThat(items.get(1))
                .isInstanceOfSatisfying(
                        Item.Answer.class,
                        a -> {
                            assertThat(a.markdown()).isEqualTo("Hello from Claude");
                            assertThat(a.open()).isFalse();
                        });
        assertThat(items.get(2))
                .isInstanceOfSatisfying(
                        Item.TurnEnd.class,
                        e -> {
                            assertThat(e.took()).isEqualTo(Duration.ofMillis(1_500));
                            assertThat(e.tokensIn()).isEqualTo(12_300);
                            assertThat(e.tokensOut()).isEqualTo(420);
                            assertThat(e.outcome()).isEqualTo(Outcome.COMPLETED);
                        });
    }

    @Test
    void aPromptOfBlocksHasItsAttachments() {
        frames.journaled(
                """
                {"type":"user","message":{"role":"user","content":[
                  {"type":"text","text":"What is this?"},{"type":"image","source":{}},{"type":"image","source":{}}]}}
                """);

        Item.Prompt prompt = only(Item.Prompt.class);

        assertThat(prompt.text()).isEqualTo("What is this?");
        assertThat(prompt.attachments()).hasSize(2);
    }

    @Test
    void streamedTextGrowsInOneOpenAnswer() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "Hel").delta(0, "lo");

        Item.Answer answer = only(Item.Answer.class);

        assertThat(answer.markdown()).isEqualTo("Hello");
        assertThat(answer.open()).isTrue();
    }

    @Test
    void theWholeBlockReplacesTheStreamedOne() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "Hel");
        String id = only(Item.Answer.class).id();
        frames.text("m1", "Hello");

        Item.Answer answer = only(Item.Answer.class);

        assertThat(answer.markdown()).isEqualTo("Hello");
        assertThat(answer.open()).isFalse();
        assertThat(answer.id()).isEqualTo(id);
        assertThat(answer.seq()).isEqualTo(1);
    }

    @Test
    void contentInMessageStartIsNotShown() {
        frames.live(
                """
                {"type":"stream_event","event":{"type":"message_start","message":{"id":"m1",\
                "content":[{"type":"text","text":"He"}]}}}
                """);
        frames.blockStart(0, "text").delta(0, "Hello");

        assertThat(only(Item.Answer.class).markdown()).isEqualTo("Hello");
    }

    @Test
    void twoTextBlocksOfOneMessageAreTwoAnswers() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "one").text("m1", "one");
        frames.blockStart(1, "text").delta(1, "two").text("m1", "two");

        assertThat(fold())
                .extracting(i -> ((Item.Answer) i).markdown())
                .containsExactly("one", "two");
    }

    @Test
    void textStreamedAgainAfterAReconnectIsShownOnce() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "Hel");
        fold();
        frames.messageStart("m1").blockStart(0, "text").delta(0, "Hello, again");

        assertThat(only(Item.Answer.class).markdown()).isEqualTo("Hello, again");
    }

    @Test
    void aBlockThatIsAlreadyWholeIsNotStreamedAgain() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "one").text("m1", "one");
        fold();
        frames.messageStart("m1").blockStart(0, "text").delta(0, "one");

        assertThat(only(Item.Answer.class).markdown()).isEqualTo("one");
    }

    @Test
    void severalAnswersWithOneMessageIdAreStreamed() {
        String stop = "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_stop\"}}";
        frames.messageStart("same").blockStart(0, "text").delta(0, "fir").text("same", "first");
        frames.live(stop);
        frames.messageStart("same").blockStart(0, "text").delta(0, "sec");
        assertThat(answers()).containsExactly("first", "sec");

        frames.text("same", "second").live(stop).result(10);
        frames.messageStart("same").blockStart(0, "text").delta(0, "thi");
        assertThat(answers()).containsExactly("first", "second", "thi");
    }

    @Test
    void anAnswerStartedAgainUnderAnotherIdReplacesTheFirst() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "It was");
        assertThat(answers()).containsExactly("It was");
        frames.messageStart("m2").blockStart(0, "text").delta(0, "It was a");
        assertThat(answers()).containsExactly("It was a");
        frames.text("m2", "It was a dark night").result(10);
        assertThat(answers()).containsExactly("It was a dark night");
    }

    @Test
    void anAnswerThatArrivesWholeReplacesTheStreamedOne() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "It was");
        fold();
        frames.text("m2", "It was a dark night");
        assertThat(answers()).containsExactly("It was a dark night");
        frames.result(10);
        assertThat(answers()).containsExactly("It was a dark night");
    }

    @Test
    void theStreamOfASubagentDoesNotChangeTheAnswer() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "It was");
        frames.live(
                "{\"type\":\"stream_event\",\"parent_tool_use_id\":\"t1\","
                        + "\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"s1\"}}}");
        frames.delta(0, " a dark night");
        assertThat(answers()).containsExactly("It was a dark night");
    }

    private List<String> answers() {
        return fold().stream()
                .filter(Item.Answer.class::isInstance)
                .map(i -> ((Item.Answer) i).markdown())
                .toList();
    }

    @Test
    void anUnfinishedAnswerIsClosedByTheResult() {
        frames.messageStart("m1").blockStart(0, "text").delta(0, "half a sen").result(10);

        assertThat(only(Item.Answer.class).open()).isFalse();
    }

    @Test
    void thinkingHasItsDuration() {
        frames.messageStart("m1").blockStart(0, "thinking");
        fold();
        frames.journaled(
                """
                {"type":"assistant","timestamp":"2026-03-01T10:00:04Z",
                 "message":{"id":"m1","content":[{"type":"thinking","thinking":"hm"}]}}
                """);

        Item.Thinking thinking = only(Item.Thinking.class);

        assertThat(thinking.took()).isEqualTo(Duration.ofSeconds(4));
        assertThat(thinking.open()).isFalse();
    }

    @Test
    void aToolRunsUntilItsResultArrives() {
        frames.toolUse("m1", "t1", "Bash", "{\"command\":\"ls\"}");
        assertThat(tool().isRunning()).isTrue();

        frames.toolResult("t1", "a\nb", false);

        assertThat(tool().state()).isEqualTo(new ToolState.Ok(Duration.ofSeconds(1)));
        assertThat(tool().output()).extracting(ToolOutput::text).isEqualTo("a\nb");
        assertThat(tool().argument()).isEqualTo("ls");
    }

    @Test
    void aResultThatArrivesBeforeItsCallIsJoinedToIt() {
        frames.toolResult("t1", "done", false).toolUse("m1", "t1", "Bash", "{}");

        assertThat(tool().state()).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void aFailedToolIsShownAsFailed() {
        frames.toolUse("m1", "t1", "Bash", "{}").toolResult("t1", "Exit code 3", true);

        assertThat(tool().state()).isInstanceOf(ToolState.Failed.class);
    }

    @Test
    void aRefusedToolIsDenied() {
        frames.toolUse("m1", "t1", "Bash", "{}");
        frames.toolResult(
                "t1",
                "The user said no to this.",
                true,
                "{\"tool_result_meta\":[{\"id\":\"t1\",\"permission_decision\":{\"decision\":\"reject\"}}]}");

        assertThat(tool().state()).isInstanceOf(ToolState.Denied.class);
    }

    @Test
    void theResultOfATurnNamesDeniedTools() {
        frames.toolUse("m1", "t1", "Bash", "{}").toolResult("t1", "no", true);
        frames.journaled(
                "{\"type\":\"result\",\"subtype\":\"success\",\"permission_denials\":[{\"tool_use_id\":\"t1\"}]}");

        assertThat(tool().state()).isInstanceOf(ToolState.Denied.class);
    }

    @Test
    void theResultOfATurnStopsRunningTools() {
        frames.toolUse("m1", "t1", "Bash", "{}").result(10);

        assertThat(tool().state()).isInstanceOf(ToolState.Stopped.class);
    }

    @Test
    void anExitOfTheAgentStopsRunningToolsAndIsExplained() {
        frames.toolUse("m1", "t1", "Bash", "{}");
        frames.journaled(
                """
                {"type":"system","subtype":"oriel_agent_exited","cause":"crashed","text":"Claude \
                crashed.","last_words":["a","b"]}
                """);

        assertThat(tool().state()).isInstanceOf(ToolState.Stopped.class);
        Item.Notice notice = only(Item.Notice.class);
        assertThat(notice.level()).isEqualTo(Level.ERROR);
        assertThat(notice.text()).isEqualTo("Claude crashed.");
        assertThat(notice.details()).containsExactly("a", "b");
    }

    @Test
    void aTurnThatWasForkedRunsInTheOtherSessionOnly() {
        frames.toolUse("m1", "t1", "Bash", "{}");
        frames.journaled(
                """
                {"type":"system","subtype":"oriel_forked","from":{"session_id":"s"}}
                """);

        assertThat(tool().state()).isInstanceOf(ToolState.Stopped.class);
        assertThat(only(Item.Notice.class).text()).startsWith("Forked from");
    }

    @Test
    void anInterruptedTurnIsStopped() {
        frames.prompt("go");
        frames.journaled(
                """
                {"type":"user","session_id":"s","message":{"role":"user","content":[
                  {"type":"text","text":"[Request interrupted by user]"}]}}
                """);
        frames.journaled(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":false,"
                        + "\"errors\":[\"[ede_diagnostic]"
                        + " x\"]}");

        assertThat(only(Item.TurnEnd.class).outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(only(Item.Prompt.class).text()).isEqualTo("go");
        assertThat(fold()).hasSize(2);
    }

    @Test
    void diagnosticsOfAnErrorAreNotShown() {
        frames.journaled(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"errors\":[\"[ede_diagnostic]"
                        + " x\"]}");

        assertThat(only(Item.Notice.class).text()).doesNotContain("ede_diagnostic");
    }

    @Test
    void anErrorOfTheApiIsShownOnce() {
        frames.journaled(
                """
                {"type":"assistant","error":"rate_limit","message":{"id":"m1","model":"<synthetic>",
                 "content":[{"type":"text","text":"API Error: Request rejected (429)"}]}}
                """);
        frames.journaled(
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"API"
                        + " Error: Request rejected (429)\"}");

        assertThat(only(Item.Notice.class).level()).isEqualTo(Level.ERROR);
        assertThat(only(Item.TurnEnd.class).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void retriesInARowAreOneNotice() {
        for (int i = 1; i <= 4; i++) {
            frames.journaled(
                    ("{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":%d,"
                                    + "\"max_retries\":10,\"error_status\":529}")
                            .formatted(i));
        }

        assertThat(only(Item.Notice.class).text())
                .isEqualTo("Claude is overloaded (529). Trying again, attempt 4 of 10.");

        frames.text("m1", "Hello");
        Item.Notice over = only(Item.Notice.class);
        assertThat(over.text()).isEqualTo("Retried 4 times: Claude is overloaded (529)");
        assertThat(over.level()).isEqualTo(Level.QUIET);
    }

    @Test
    void toolCallsOfASubagentAreStepsOfItsTool() {
        frames.toolUse("m1", "t1", "Task", "{\"description\":\"Find it\"}");
        frames.journaled(
                """
                {"type":"assistant","parent_tool_use_id":"t1","message":{"id":"m9","content":[
                  {"type":"tool_use","id":"s1","name":"Grep","input":{"pattern":"foo"}}]}}
                """);
        frames.journaled(
                """
                {"type":"user","parent_tool_use_id":"t1","message":{"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"s1","content":"3"}]}}
                """);

        assertThat(fold()).hasSize(1);
        assertThat(tool().subagent().steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        SubagentRun.Called.class,
                        step -> {
                            assertThat(step.run().argument()).isEqualTo("foo");
                            assertThat(step.run().state()).isInstanceOf(ToolState.Ok.class);
                        });
    }

    @Test
    void messagesOfTheCliToItselfAreQuiet() {
        frames.journaled(
                "{\"type\":\"user\",\"isSynthetic\":true,\"message\":{\"role\":\"user\",\"content\":\"Your"
                    + " response was cut off\"}}");
        frames.journaled(
                "{\"type\":\"user\",\"isReplay\":true,\"message\":{\"role\":\"user\","
                        + "\"content\":\"<local-command-stdout>Set"
                        + " model to x</local-command-stdout>\"}}");

        assertThat(fold())
                .allSatisfy(i -> assertThat(((Item.Notice) i).level()).isEqualTo(Level.QUIET))
                .extracting(i -> ((Item.Notice) i).text())
                .containsExactly("Continued by itself", "Set model to x");
    }

    @Test
    void unknownMessagesAreIgnored() {
        frames.journaled("{\"type\":\"dream\",\"about\":[1,2]}");
        frames.journaled("{\"type\":\"system\",\"subtype\":\"ui_invalidate\"}");
        frames.journaled("{\"type\":\"assistant\",\"message\":7}");
        frames.journaled("{\"type\":\"user\"}");

        assertThat(fold()).isEmpty();
    }

    @Test
    void aTurnsCostIsTheDifferenceToTheTurnBefore() {
        frames.prompt("a").result(10).prompt("b").result(10);

        List<Item.TurnEnd> ends =
                fold().stream()
                        .filter(Item.TurnEnd.class::isInstance)
                        .map(Item.TurnEnd.class::cast)
                        .toList();

        assertThat(ends.get(0).costUsd()).isNull();
        assertThat(ends.get(1).costUsd()).isEqualTo(0.0125);
    }

    @Test
    void aHugeResultIsBounded() {
        frames.toolUse("m1", "t1", "Bash", "{}").toolResult("t1", "x".repeat(2_000_000), false);

        assertThat(output().text().length()).isLessThan(Truncation.MAX_TEXT + 100);
    }

    @Test
    void aPatchKeepsItsLineNumbers() {
        frames.toolUse("m1", "t1", "Edit", "{\"file_path\":\"/a\"}");
        frames.toolResult(
                "t1",
                "ok",
                false,
                "{\"tool_use_result\":{\"structuredPatch\":[{\"oldStart\":5,\"newStart\":7,\"lines\":[\""
                    + " a\",\"-b\",\"+c\",\"+d\"]}]}}");

        assertThat(Objects.requireNonNull(output().change()).hunks())
                .containsExactly(new FileChange.Hunk(5, 7, List.of(" a", "-b", "+c", "+d")));
    }
}
