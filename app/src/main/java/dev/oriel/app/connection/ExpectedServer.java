package dev.oriel.app.connection;

import dev.oriel.client.ServerClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The client of the window's server: there is none, it is expected, or it is there. What the user
/// sends while it is expected waits for it. Belongs to the JavaFX thread.
final class ExpectedServer {
    private static final String NONE = "There is no server to create a session on.";

    private @Nullable ServerClient client;

    /// Completes when the client is there; null unless one is expected.
    private @Nullable CompletableFuture<ServerClient> expected;

    /// A server is being started, or its client is being created.
    void expect() {
        if (client == null && expected == null) {
            expected = new CompletableFuture<>();
        }
    }

    void set(ServerClient server) {
        CompletableFuture<ServerClient> waiting = expected;
        expected = null;
        client = server;
        if (waiting != null) {
            waiting.complete(server);
        }
    }

    /// The client is left. One that is expected still is.
    void leave() {
        client = null;
    }

    /// The client is left, and none is expected.
    ///
    /// @param why a sentence for the user
    void clear(String why) {
        CompletableFuture<ServerClient> waiting = expected;
        expected = null;
        client = null;
        if (waiting != null) {
            waiting.completeExceptionally(new IOException(why));
        }
    }

    /// The client; null if there is none yet.
    @Nullable ServerClient now() {
        return client;
    }

    /// Completes on the JavaFX thread when there is a client.
    ///
    /// @return fails with an [IOException] for the user if there is none, or the expected one does
    ///   not come
    CompletableFuture<ServerClient> next() {
        ServerClient here = client;
        CompletableFuture<ServerClient> waiting = expected;
        return here != null
                ? CompletableFuture.completedFuture(here)
                : waiting != null
                        ? waiting.copy()
                        : CompletableFuture.failedFuture(new IOException(NONE));
    }
}
