package dev.oriel.client.link;

import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import dev.oriel.testing.manual.ManualClientLane;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The lane and the sockets of a client, driven by the test.
public final class FakeNetwork {
    /// Runs the client's tasks and timers.
    public final ManualClientLane lane = new ManualClientLane();

    /// Records the client's frames.
    public final RecordingFrameLog log = new RecordingFrameLog(lane.clock());

    /// The addresses of this computer's interfaces.
    public Set<String> interfaces = Set.of("192.0.2.7");

    private final Deque<Attempt> attempts = new ArrayDeque<>();

    /// An attempt to connect.
    public record Attempt(
            URI address,
            String credential,
            WebSocket.Listener listener,
            CompletableFuture<WebSocket> socket) {
        /// The upgrade succeeds.
        FakeWebSocket complete() {
            FakeWebSocket opened = new FakeWebSocket(listener);
            socket.complete(opened);
            return opened;
        }

        /// The attempt fails.
        void fail(Throwable cause) {
            socket.completeExceptionally(cause);
        }
    }

    /// A context whose connections are opened here.
    public LinkContext context(TokenSource token, ReconnectPolicy policy) {
        return new LinkContext(
                this::open,
                token,
                Runnable::run,
                policy,
                lane,
                lane.clock(),
                log,
                () -> new ConnectivityMonitor(() -> interfaces, lane.clock(), this::nanos));
    }

    private long nanos() {
        return lane.clock().instant().toEpochMilli() * 1_000_000;
    }

    private CompletableFuture<WebSocket> open(
            URI address, String credential, Duration timeout, WebSocket.Listener listener) {
        CompletableFuture<WebSocket> socket = new CompletableFuture<>();
        attempts.add(new Attempt(address, credential, listener, socket));
        return socket;
    }

    /// Whether the client has not tried to connect since the last attempt that was taken.
    public boolean isQuiet() {
        lane.runAll();
        return attempts.isEmpty();
    }

    /// The next attempt to connect.
    public Attempt nextAttempt() {
        lane.runAll();
        return attempts.remove();
    }

    /// Completes the next attempt to connect.
    public FakeWebSocket accept() {
        FakeWebSocket socket = nextAttempt().complete();
        lane.runAll();
        return socket;
    }

    /// Delivers frames.
    public void receive(FakeWebSocket socket, String... frames) {
        for (String frame : frames) {
            socket.receive(frame);
            lane.runAll();
        }
    }

    /// Delivers the server's close frame.
    public void close(FakeWebSocket socket, int code) {
        socket.receiveClose(code, "");
        lane.runAll();
    }
}
