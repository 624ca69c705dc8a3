package dev.oriel.client.link;

import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.TokenSource;
import dev.oriel.client.transport.Transport;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The threads and sockets of one client: its lane, an executor for what may block, its HTTP
/// client, and the log of its frames.
public final class ClientRuntime implements AutoCloseable {
    private final ClientThread lane = new ClientThread();
    private final ExecutorService background =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("oriel-client-", 0).factory());
    private final Clock clock = Clock.systemUTC();
    private final RecordingFrameLog log = new RecordingFrameLog(clock);
    private final HttpClient http;
    private final LinkContext context;

    /// Starts the threads.
    public ClientRuntime(TokenSource token, ReconnectPolicy policy, Transport transport) {
        this.http = transport.createHttpClient(background);
        this.context =
                new LinkContext(
                        WebSocketOpener.of(http),
                        token,
                        background,
                        policy,
                        lane,
                        clock,
                        log,
                        () -> ConnectivityMonitor.ofSystem(clock));
    }

    /// What the client's connections share.
    public LinkContext context() {
        return context;
    }

    /// Runs what may block.
    public Executor background() {
        return background;
    }

    /// The client of HTTP requests.
    public HttpClient http() {
        return http;
    }

    /// Ends the threads soon; what is queued on the lane still runs.
    @Override
    public void close() {
        lane.close();
        http.shutdown();
        background.shutdown();
    }
}
