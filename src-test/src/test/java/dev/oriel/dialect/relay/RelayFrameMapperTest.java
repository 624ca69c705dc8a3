package dev.oriel.dialect.relay;

import static dev.oriel.dialect.SessionEventFixtures.TEXT;
import static dev.oriel.dialect.SessionEventFixtures.exited;
import static dev.oriel.dialect.SessionEventFixtures.failed;
import static dev.oriel.dialect.SessionEventFixtures.idle;
import static dev.oriel.dialect.SessionEventFixtures.message;
import static dev.oriel.dialect.SessionEventFixtures.prompt;
import static dev.oriel.dialect.SessionEventFixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RelayFrameMapperTest {
    private static final SessionEvent DELTA = message("{\"type\":\"stream_event\",\"event\":{}}");

    private final RelayFrameMapper mapper = new RelayFrameMapper(false);

    private List<String> frames(RelayFrameMapper of, SessionEvent... events) {
        List<String> frames = new ArrayList<>();
        for (SessionEvent event : events) {
            for (byte[] frame : of.toFrames(List.of(Delivery.live(event)))) {
                frames.add(new String(frame, StandardCharsets.UTF_8));
            }
        }
        return frames;
    }

    private List<String> frames(SessionEvent... events) {
        return frames(mapper, events);
    }

    private static String error(String text) {
        return "{\"type\":\"error\",\"error\":\"" + text + "\"}";
    }

    @Test
    void outputOfTheAgentIsWrappedAndPromptsAreNotRepeated() {
        assertThat(frames(prompt(UUID.randomUUID()), TEXT, idle(1)))
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"sdk_message\",\"data\":{\"type\":\"assistant\"");
    }

    @Test
    void partialMessagesAreForwardedOnRequestOnly() {
        assertThat(frames(DELTA)).isEmpty();
        assertThat(frames(new RelayFrameMapper(true), DELTA)).hasSize(1);
    }

    @Test
    void standardErrorAndErrorsOfTheServerHaveFrames() {
        assertThat(
                        frames(
                                new AgentStderr("hm"),
                                new RequestRejected("too_many", "too many"),
                                new Notice(Level.ERROR, "journal", "disk full"),
                                new Notice(Level.INFO, "queued", "it waits")))
                .containsExactly(
                        "{\"type\":\"info\",\"data\":\"hm\\n\"}",
                        error("too many"),
                        error("disk full"));
    }

    @Test
    void aFailureFromBeforeTheClientConnectedIsNotReported() {
        assertThat(frames(failed("old", 1), failed("old", 2))).isEmpty();
    }

    @Test
    void aFailureIsReportedOnceAndAgainAfterANewPrompt() {
        assertThat(frames(idle(1), failed("no agent", 3), failed("no agent", 3)))
                .containsExactly(error("no agent"));
        mapper.onPromptSent();
        assertThat(frames(failed("no agent", 4))).containsExactly(error("no agent"));
    }

    @Test
    void anExitIsReportedOnceAlthoughTheSessionRepeatsIt() {
        assertThat(frames(running(1), exited(ExitCause.CRASHED, 1), failed("It is over.", 3)))
                .containsExactly(error("Claude Code process exited with code 1"));
    }

    @Test
    void anotherFailureAfterAnExitIsReportedToo() {
        assertThat(frames(running(1), exited(ExitCause.STOPPED, null), failed("no agent", 3)))
                .containsExactly(error("It is over."), error("no agent"));
    }
}
