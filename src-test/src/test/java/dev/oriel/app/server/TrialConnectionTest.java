package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ServerClient;
import dev.oriel.testing.client.FakeServerClient;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// The states of a connection that is tried before the window switches to its server.
class TrialConnectionTest {
    private final FakeServerClient client = new FakeServerClient();
    private final CompletableFuture<ServerClient> connected = TrialConnection.connect(client);

    private void report(ConnectionStatus status) {
        client.feed().onStatus(status);
    }

    private ClientException failure() {
        return (ClientException)
                connected
                        .handle((_, f) -> f instanceof CompletionException e ? e.getCause() : f)
                        .join();
    }

    @Test
    void theFirstAttemptIsAwaited() {
        report(new ConnectionStatus.Connecting());
        assertThat(connected).isNotDone();
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void aServerThatAcceptsTheClientCompletesItAndOnlyTheTrialsFeedIsClosed() {
        report(new ConnectionStatus.Live());
        assertThat(connected).isCompletedWithValue(client);
        assertThat(client.calls()).containsExactly("close feed");
    }

    @Test
    void aLostConnectionIsNotTriedAgain() {
        report(new ConnectionStatus.Reconnecting(1, 10, Instant.EPOCH, "No server answers."));
        assertThat(failure()).hasMessage("No server answers.");
        assertThat(failure().code()).isEqualTo("unreachable");
        assertThat(client.calls()).containsExactly("close feed", "close client");
    }

    @Test
    void aRefusalIsDistinguishedFromAServerThatIsNotThere() {
        report(new ConnectionStatus.Offline("Wrong token.", ConnectionStatus.Reason.REFUSED));
        assertThat(failure()).hasMessage("Wrong token.");
        assertThat(failure().code()).isEqualTo("refused");
    }

    @Test
    void onlyTheFirstOutcomeCounts() {
        report(new ConnectionStatus.Live());
        report(new ConnectionStatus.Offline("Too late.", ConnectionStatus.Reason.LOST));
        assertThat(connected).isCompletedWithValue(client);
        assertThat(client.calls()).containsExactly("close feed");
    }

    @Test
    void cancellingClosesTheClientAndItsLaterReportsAreIgnored() {
        connected.cancel(false);
        assertThat(client.calls()).containsExactly("close client");
        report(new ConnectionStatus.Live());
        assertThat(connected).isCancelled();
        assertThat(client.calls()).containsExactly("close client");
    }
}
