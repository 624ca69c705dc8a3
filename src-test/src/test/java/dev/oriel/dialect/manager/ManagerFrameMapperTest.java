package dev.oriel.dialect.manager;

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
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ManagerFrameMapperTest {
    private static final SessionEvent INIT = message("{\"type\":\"system\",\"subtype\":\"init\"}");
    private static final SessionEvent ABORTED =
            message(
                    "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                            + "\"terminal_reason\":\"aborted_streaming\"}");

    private final UUID own = UUID.randomUUID();
    private final ManagerFrameMapper mapper =
            new ManagerFrameMapper(UUID.randomUUID(), ClientGeneration.FIRST);
    private final List<String> frames = new ArrayList<>();

    /// Frames as `type`, with `true` or `false` of a thinking frame and the text of an error.
    private ManagerFrameMapperTest receives(SessionEvent... events) {
        for (SessionEvent event : events) {
            for (ObjectNode frame : mapper.toFrames(event)) {
                String type = frame.path("type").asText();
                frames.add(
                        switch (type) {
                            case "agent_thinking" -> "thinking " + frame.path("thinking");
                            case "error" -> frame.path("message").asText();
                            default -> type;
                        });
            }
        }
        return this;
    }

    private ManagerFrameMapperTest starts() {
        mapper.expectPrompt(own);
        return receives(idle(0), prompt(own));
    }

    @Test
    void anOwnTurnIsReportedFromThinkingToItsEnd() {
        starts().receives(running(0), TEXT, RESULT, idle(1));
        assertThat(frames)
                .containsExactly(
                        "thinking true", "thinking false", "agent_message", "agent_message");
        assertThat(mapper.turn()).isEqualTo(new ClientTurn.None(true));
    }

    @Test
    void theTurnOfAnotherClientHasNoFrames() {
        receives(idle(0), prompt(UUID.randomUUID()), running(0), TEXT, ABORTED);
        receives(exited(ExitCause.CRASHED, 1), failed("It is over.", 3));
        assertThat(frames).isEmpty();
        assertThat(mapper.isOwnTurn()).isFalse();
    }

    @Test
    void aTurnThatTheAgentStartsAfterAnOwnOneIsReported() {
        starts().receives(TEXT, RESULT);
        frames.clear();
        receives(INIT);
        assertThat(mapper.turn()).isEqualTo(new ClientTurn.Running(true, false, true, false));
        receives(TEXT, RESULT);
        assertThat(frames)
                .containsExactly(
                        "thinking true", "thinking false", "agent_message", "agent_message");
    }

    @Test
    void aResultOfABackgroundTaskDoesNotEndAPromptedTurn() {
        starts().receives(
                        message(
                                "{\"type\":\"result\",\"subtype\":\"success\","
                                        + "\"origin\":{\"kind\":\"task-notification\"}}"));
        assertThat(mapper.turn()).isEqualTo(new ClientTurn.Running(true, true, true, false));
    }

    @Test
    void aTurnThatThisClientInterruptsEndsWithoutAnError() {
        starts();
        mapper.expectInterrupt("r");
        receives(ControlReply.success("other", null), ControlReply.success("r", null), ABORTED);
        assertThat(frames)
                .containsExactly(
                        "thinking true", "session_interrupted", "thinking false", "agent_message");
    }

    @Test
    void aTurnThatAnotherClientInterruptsEndsWithAnError() {
        starts().receives(ABORTED);
        assertThat(frames).contains("Error processing prompt: it was stopped");
    }

    @Test
    void anInterruptDoesNotApplyToTheNextTurn() {
        starts();
        mapper.expectInterrupt("r");
        receives(ABORTED);
        UUID next = UUID.randomUUID();
        mapper.expectPrompt(next);
        receives(prompt(next), ABORTED);
        assertThat(frames).contains("Error processing prompt: it was stopped");
    }

    @Test
    void anExitIsReportedOnceAlthoughTheSessionRepeatsIt() {
        starts().receives(exited(ExitCause.CRASHED, 1), failed("It is over.", 3));
        assertThat(frames)
                .containsExactly(
                        "thinking true", "thinking false", "Error processing prompt: It is over.");
    }

    @Test
    void afterALostConversationTheTurnContinues() {
        starts().receives(exited(ExitCause.CONVERSATION_GONE, null), TEXT, RESULT);
        assertThat(frames)
                .containsExactly(
                        "thinking true", "thinking false", "agent_message", "agent_message");
    }

    @Test
    void aPromptThatCannotStartIsReportedAndAbandonedOnce() {
        mapper.expectPrompt(own);
        receives(idle(0), failed("no agent", 3), failed("no agent", 3));
        assertThat(frames).containsExactly("Error processing prompt: no agent");
        assertThat(mapper.drainAbandoned()).containsExactly(own);
        assertThat(mapper.drainAbandoned()).isEmpty();
    }

    @Test
    void aFailureWithoutAPromptOfThisClientIsNotReported() {
        receives(idle(0), failed("no agent", 3));
        assertThat(frames).isEmpty();
        assertThat(mapper.drainAbandoned()).isEmpty();
    }

    @Test
    void anOwnPromptThatIsCancelledIsReportedOnce() {
        mapper.expectPrompt(own);
        receives(
                new PromptChanged(UUID.randomUUID(), Progress.CANCELLED),
                new PromptChanged(own, Progress.CANCELLED),
                new PromptChanged(own, Progress.CANCELLED));
        assertThat(frames)
                .containsExactly("Error processing prompt: it was cancelled before it began");
    }
}
