package dev.oriel.dialect.enhanced;

import static dev.oriel.dialect.SessionEventFixtures.RESULT;
import static dev.oriel.dialect.SessionEventFixtures.TEXT;
import static dev.oriel.dialect.SessionEventFixtures.exited;
import static dev.oriel.dialect.SessionEventFixtures.failed;
import static dev.oriel.dialect.SessionEventFixtures.idle;
import static dev.oriel.dialect.SessionEventFixtures.message;
import static dev.oriel.dialect.SessionEventFixtures.prompt;
import static dev.oriel.dialect.SessionEventFixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Events of a session are converted to frames, also if some events do not arrive.
class QueryRunTest {
    private final UUID prompt = UUID.randomUUID();
    private final QueryRun run = new QueryRun(prompt, null, 1, 10);
    private final List<ObjectNode> frames = new ArrayList<>();

    private QueryRunTest receives(SessionEvent... events) {
        for (SessionEvent event : events) {
            frames.addAll(run.apply(event));
        }
        return this;
    }

    private QueryRunTest starts() {
        return receives(prompt(prompt));
    }

    private List<String> types() {
        return frames.stream().map(f -> f.path("type").asText()).toList();
    }

    @Test
    void theTurnOfAnotherPromptIsNotReported() {
        receives(running(1), TEXT, RESULT, idle(2));
        assertThat(frames).isEmpty();
        starts().receives(running(2), TEXT, RESULT, idle(2.5));
        assertThat(types()).containsExactly("assistant_message", "result_message", "query_end");
        assertThat(frames.get(1).at("/data/cost_usd").asDouble()).isEqualTo(0.5);
        assertThat(frames.get(1).at("/data/total_cost_usd").asDouble()).isEqualTo(10.5);
        assertThat(run.phase()).isEqualTo(new QueryPhase.Finished(Outcome.SUCCESS));
    }

    /// A slow client is served from the journal, which has no live messages, and receives the
    /// current state afterwards.
    @Test
    void aSlowClientReceivesTheEndToo() {
        starts().receives(TEXT, TEXT, RESULT);
        assertThat(types()).containsExactly("assistant_message", "assistant_message");
        receives(idle(1.25));
        assertThat(types()).endsWith("result_message", "query_end");
    }

    @Test
    void eventsAfterTheEndBelongToOthers() {
        starts().receives(RESULT, idle(1));
        int before = frames.size();
        receives(running(1), TEXT, RESULT, idle(3));
        assertThat(frames).hasSize(before);
        assertThat(run.total()).isEqualTo(10);
    }

    @Test
    void aFailureFromBeforeIsNotItsOwn() {
        receives(
                failed("no agent", 3),
                new PromptChanged(UUID.randomUUID(), Progress.QUEUED),
                failed("no agent", 3));
        assertThat(run.phase()).isInstanceOf(QueryPhase.Waiting.class);
        receives(new PromptChanged(prompt, Progress.QUEUED), failed("no agent", 3));
        assertThat(types()).containsExactly("error");
    }

    @Test
    void aPromptThatAnotherClientCancelsIsCancelled() {
        receives(
                new PromptChanged(prompt, Progress.QUEUED),
                new PromptChanged(prompt, Progress.CANCELLED));
        assertThat(types()).containsExactly("query_cancelled");
    }

    @Test
    void aTurnThatTheAgentBeganByItselfHasNoResultHere() {
        starts().receives(
                        message(
                                "{\"type\":\"result\",\"subtype\":\"success\","
                                        + "\"origin\":{\"kind\":\"task-notification\"}}"),
                        RESULT,
                        idle(2));
        assertThat(types()).containsExactly("result_message", "query_end");
    }

    @Test
    void anErrorResultIsCountedAsAnError() {
        starts().receives(
                        message("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true}"),
                        idle(1));
        assertThat(run.phase()).isEqualTo(new QueryPhase.Finished(Outcome.ERROR));
        assertThat(types()).containsExactly("result_message", "query_end");
    }

    private String failure(SessionEvent... events) {
        starts().receives(events);
        assertThat(types()).containsExactly("error");
        return frames.getFirst().at("/data/error").asText();
    }

    @Test
    void aCrashIsReportedWithTheTextOfTheSystem() {
        assertThat(failure(exited(ExitCause.CRASHED, 3), failed("no agent", 3)))
                .isEqualTo("CLI process failed (exit code: 3)");
    }

    @Test
    void standardErrorIsReportedWithACrash() {
        assertThat(failure(exited(ExitCause.CRASHED, 1, "no key", "bye"), failed("no agent", 3)))
                .isEqualTo("CLI process failed (exit code: 1)\nError output: no key\nbye");
    }

    @Test
    void anExitThatIsNoCrashIsReportedUnchanged() {
        assertThat(failure(exited(ExitCause.STOPPED, 143), idle(1))).isEqualTo("It is over.");
    }

    /// 1.005 - 1 is not 0.005 in binary.
    @Test
    void costsAreRoundedDecimalNumbers() {
        starts().receives(running(1), RESULT, idle(1.005));
        assertThat(frames.getFirst().at("/data/cost_usd").toString()).isEqualTo("0.005");
        assertThat(frames.getFirst().at("/data/total_cost_usd").toString()).isEqualTo("10.005");
    }

    @Test
    void aLostConversationThatTheClientDidNotNameIsANote() {
        starts().receives(
                        new AgentExited(
                                ExitCause.CONVERSATION_GONE, null, "It is gone.", List.of()),
                        TEXT,
                        RESULT,
                        idle(1));
        assertThat(frames.getFirst().toString())
                .isEqualTo(
                        "{\"type\":\"system_message\",\"data\":{\"type\":\"system\","
                                + "\"subtype\":\"info\",\"message\":\"It"
                                + " is gone.\"}}");
        assertThat(types()).endsWith("assistant_message", "result_message", "query_end");
    }

    @Test
    void afterAnInterruptOnlyTheEndIsReported() {
        starts();
        assertThat(run.interrupt()).isTrue();
        assertThat(run.interrupt()).as("a second time").isFalse();
        receives(TEXT, RESULT, running(1), exited(ExitCause.CRASHED, 1), idle(1));
        assertThat(types()).containsExactly("query_cancelled");
        assertThat(run.phase()).isEqualTo(new QueryPhase.Finished(Outcome.CANCELLED));
        assertThat(run.interrupt()).as("after the end").isFalse();
    }

    @Test
    void aPromptThatIsInterruptedBeforeItStartsIsCancelledHoweverItEnds() {
        run.interrupt();
        receives(new PromptChanged(prompt, Progress.QUEUED), failed("no agent", 3));
        assertThat(types()).containsExactly("query_cancelled");
    }

    @Test
    void aPromptThatIsInterruptedWhileItStartsIsCancelledAfterItsTurn() {
        run.interrupt();
        starts().receives(TEXT, RESULT);
        assertThat(frames).isEmpty();
        receives(idle(2));
        assertThat(types()).containsExactly("query_cancelled");
    }

    @Test
    void aTurnThatAnotherClientInterruptsIsReported() {
        starts().receives(
                        message(
                                "{\"type\":\"result\",\"subtype\":\"error_during_execution\","
                                    + "\"is_error\":true,\"terminal_reason\":\"aborted_tools\"}"),
                        idle(1));
        assertThat(types()).containsExactly("result_message", "query_interrupted", "query_end");
        assertThat(run.phase()).isEqualTo(new QueryPhase.Finished(Outcome.CANCELLED));
    }

    @Test
    void aResultAfterTheAgentsEndDoesNotHideIt() {
        starts().receives(exited(ExitCause.CRASHED, 2), RESULT, idle(1));
        assertThat(types()).containsExactly("result_message", "error");
        assertThat(run.phase()).isEqualTo(new QueryPhase.Finished(Outcome.ERROR));
    }
}
