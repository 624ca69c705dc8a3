package dev.oriel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.link.RecordingFrameLog;
import dev.oriel.message.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstConnectionTest {
    private final RecordingFrameLog log = new RecordingFrameLog(Clock.systemUTC());
    private final List<String> removed = new ArrayList<>();
    private final FirstConnection first = new FirstConnection(log, removed::add);

    @Test
    void theLastNoteTellsMoreThanTheStatusOfAFailedAttempt() {
        log.appendNote("/ws", "open");
        log.appendNote("/ws", "Another program is connected to this server.");
        log.appendReceived("/ws", "{}");
        first.onStatus(new ConnectionStatus.Reconnecting(1, 5, Instant.EPOCH, "Lost."));
        assertThat(first.live().exceptionNow())
                .hasMessage("Another program is connected to this server.");
    }

    @Test
    void aConnectionThatWasLiveOnceDoesNotFailAfterwards() {
        first.onStatus(new ConnectionStatus.Connecting());
        assertThat(first.live()).isNotDone();
        first.onStatus(new ConnectionStatus.Live());
        first.onStatus(new ConnectionStatus.Reconnecting(1, 5, Instant.EPOCH, "Lost."));
        assertThat(first.live()).isCompleted();
    }

    @Test
    void removedSessionsArePassedOn() {
        first.onSessionRemoved("s");
        assertThat(removed).containsExactly("s");
    }

    @Test
    void aToolIsDeniedUnlessTheListenerDecidesOtherwise() {
        Chat.Listener listener = _ -> {};
        Optional<String> objection = listener.onToolAsk(new Chat.ToolAsk("Bash", Json.object()));
        assertThat(objection).contains("Nobody is there who could be asked.");
    }
}
