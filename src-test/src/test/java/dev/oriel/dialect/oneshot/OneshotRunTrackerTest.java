package dev.oriel.dialect.oneshot;

import static dev.oriel.dialect.SessionEventFixtures.RESULT;
import static dev.oriel.dialect.SessionEventFixtures.TEXT;
import static dev.oriel.dialect.SessionEventFixtures.ended;
import static dev.oriel.dialect.SessionEventFixtures.exited;
import static dev.oriel.dialect.SessionEventFixtures.failed;
import static dev.oriel.dialect.SessionEventFixtures.idle;
import static dev.oriel.dialect.SessionEventFixtures.message;
import static dev.oriel.dialect.SessionEventFixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.oneshot.OneshotRunTracker.Answer;
import dev.oriel.dialect.oneshot.OneshotRunTracker.Phase;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneshotRunTrackerTest {
    private final OneshotRunTracker tracker = new OneshotRunTracker();
    private final List<String> lines = new ArrayList<>();

    private OneshotRunTrackerTest receives(SessionEvent... events) {
        for (SessionEvent event : events) {
            for (byte[] frame : tracker.toFrames(List.of(Delivery.live(event)))) {
                lines.add(new String(frame, StandardCharsets.UTF_8));
            }
        }
        return this;
    }

    private RunOutcome outcome() {
        return tracker.outcome().orElseThrow();
    }

    private static SessionEvent errorResult(String members) {
        return message(
                "{\"type\":\"result\",\"subtype\":\"error_x\",\"is_error\":true" + members + "}");
    }

    @Test
    void theStateOfTheSessionEndsTheRunAndNotTheResult() {
        receives(idle(0), running(0), TEXT, RESULT);
        assertThat(tracker.outcome()).isEmpty();
        receives(idle(1));
        assertThat(outcome()).isEqualTo(new RunOutcome.Answered());
        assertThat(lines).hasSize(2).allMatch(line -> line.endsWith("}\n"));
    }

    @Test
    void aTurnWithoutAResultHasFailed() {
        receives(running(0), TEXT, idle(1));
        assertThat(outcome()).isEqualTo(new RunOutcome.Failed("Claude ended without an answer."));
    }

    @Test
    void aFailedResultIsExplainedByItsTextItsErrorsOrItsSubtype() {
        receives(running(0), errorResult(",\"result\":\"no credit\""), idle(1));
        assertThat(outcome()).isEqualTo(new RunOutcome.Failed("no credit"));
        assertThat(failureOf(",\"errors\":[\"a\",\"b\"]")).isEqualTo("a\nb");
        assertThat(failureOf("")).isEqualTo("Claude failed: error_x");
    }

    private static String failureOf(String members) {
        var test = new OneshotRunTrackerTest();
        test.receives(running(0), errorResult(members), idle(1));
        return ((RunOutcome.Failed) test.outcome()).why();
    }

    @Test
    void aCrashIsReportedWithTheTextOfTheOriginal() {
        receives(running(0), exited(ExitCause.CRASHED, 3), failed("It crashed.", 3));
        assertThat(outcome())
                .isEqualTo(new RunOutcome.Failed("Claude Code process exited with code 3"));
    }

    @Test
    void aSessionThatFailsBeforeItsTurnCouldNotBeStarted() {
        receives(failed("no agent", 3));
        assertThat(outcome()).isEqualTo(new RunOutcome.NotStarted("no agent"));
    }

    @Test
    void anErrorOfTheServerBeforeTheTurnPreventsTheStartAndIsALineAfterwards() {
        receives(new RequestRejected("unavailable", "full"));
        assertThat(outcome()).isEqualTo(new RunOutcome.NotStarted("full"));
        var other = new OneshotRunTrackerTest();
        other.receives(running(0), new RequestRejected("unavailable", "full"));
        assertThat(other.lines).containsExactly("{\"error\":\"full\"}");
        assertThat(other.tracker.outcome()).isEmpty();
    }

    @Test
    void aSessionThatIsEndedHasFailed() {
        receives(running(0), ended());
        assertThat(outcome()).isEqualTo(new RunOutcome.Failed("The session was ended."));
    }

    @Test
    void afterTheOutcomeOnlyStandardErrorIsForwarded() {
        receives(running(0), RESULT, idle(1));
        lines.clear();
        receives(TEXT, new AgentStdout("late"), new AgentStderr("bye"), failed("x", 5), ended());
        assertThat(lines).containsExactly("{\"error\":\"bye\"}");
        assertThat(outcome()).isEqualTo(new RunOutcome.Answered());
    }

    @Test
    void onlyTheseTransitionsAreLegal() {
        List<Phase> phases =
                List.of(
                        new Phase.Waiting(new Answer.None()),
                        new Phase.Running(new Answer.None()),
                        new Phase.Finished(new RunOutcome.Answered()));
        List<String> legal = List.of("111", "011", "000"); // rows: from; columns: to
        for (int from = 0; from < legal.size(); from++) {
            for (int to = 0; to < legal.size(); to++) {
                assertThat(phases.get(from).canBecome(phases.get(to)))
                        .as("%s to %s", phases.get(from), phases.get(to))
                        .isEqualTo(legal.get(from).charAt(to) == '1');
            }
        }
    }
}
