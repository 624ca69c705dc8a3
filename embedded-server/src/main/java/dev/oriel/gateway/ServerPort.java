package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.SendBudget;
import dev.oriel.dialect.TokenCheck;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.codec.ReceiveBudget;
import dev.oriel.gateway.socket.ConnectionContext;
import dev.oriel.gateway.socket.ConnectionSlots;
import dev.oriel.gateway.socket.HttpExchange;
import dev.oriel.gateway.socket.RequestHandler;
import dev.oriel.gateway.socket.SelectorLoop;
import dev.oriel.gateway.socket.SocketConnection;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One port: applies the guard to its requests, and connects each client to the dialect of its
/// path. If its loop ends by itself, another one is opened at the same port.
final class ServerPort implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServerPort.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /// The failure of a loop that ran for so long is unrelated to the one before.
    private static final long SETTLED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RequestGuard guard;
    private final List<Dialect> dialects;
    private final HttpDispatcher http;
    private final TokenCheck tokens;
    private final boolean needsToken;
    private final ScheduledExecutorService timer;
    private final ServerMetrics metrics;
    private final ConnectionContext context;
    private final LongSupplier nanoTime;
    private InetSocketAddress address; // guarded by this; has the actual port once it is open
    private SelectorLoop loop; // guarded by this
    private long openedAt; // guarded by this
    private long pauseMillis = FIRST_PAUSE_MILLIS; // guarded by this
    private boolean down; // guarded by this

    /// What all ports of a server share.
    record Shared(
            TokenCheck tokens,
            ScheduledExecutorService timer,
            ServerMetrics metrics,
            FailedLogins failedLogins,
            ConnectionSlots places,
            ReceiveBudget budget,
            SendBudget sending,
            LongSupplier nanoTime) {}

    private ServerPort(
            String host,
            InetSocketAddress address,
            ServerConfig config,
            List<Dialect> dialects,
            Shared shared)
            throws IOException {
        this.address = address;
        this.guard =
                new RequestGuard(
                        host, config.access().allowedHosts(), config.access().allowedOrigins());
        this.dialects = dialects;
        this.tokens = shared.tokens();
        this.needsToken = config.access().needsToken();
        this.timer = shared.timer();
        this.metrics = shared.metrics();
        this.nanoTime = shared.nanoTime();
        this.http =
                new HttpDispatcher(
                        dialects,
                        metrics,
                        shared.failedLogins(),
                        shared.sending(),
                        config.limits().handshakeWithin());
        this.context =
                new ConnectionContext(
                        this,
                        config.limits().socketLimits(),
                        shared.places(),
                        shared.budget(),
                        metrics);
        synchronized (this) {
            this.loop = startLoop();
        }
    }

    /// Opens a port.
    ///
    /// @param host as configured, which is also a name by which clients may call the server
    static ServerPort open(
            String host,
            InetSocketAddress address,
            ServerConfig config,
            List<Dialect> dialects,
            Shared shared)
            throws IOException {
        return new ServerPort(host, address, config, dialects, shared);
    }

    /// Under the lock, so that a loop that fails at once is replaced only after this.
    private SelectorLoop startLoop() throws IOException {
        openedAt = nanoTime.getAsLong();
        SelectorLoop started = SelectorLoop.start(address, context, nanoTime, this::onLoopFailed);
        address = new InetSocketAddress(address.getAddress(), started.port());
        return started;
    }

    private void onLoopFailed(Throwable why) {
        restartSoon();
        try {
            LOG.error("A port failed; opening it again", why);
        } catch (Throwable e) {
            // Logging is not needed to open the port again.
        }
    }

    private synchronized void restartSoon() {
        if (nanoTime.getAsLong() - openedAt > SETTLED_NANOS) {
            pauseMillis = FIRST_PAUSE_MILLIS;
        }
        timer.schedule(this::restart, pauseMillis, TimeUnit.MILLISECONDS);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    /// Closes the port with all its connections, and opens it again.
    synchronized void restart() {
        if (down) {
            return;
        }
        loop.closeNow();
        try {
            loop = startLoop();
            LOG.info("Port {} is open again", address.getPort());
        } catch (Throwable e) { // an exception would end the task unnoticed
            restartSoon();
            LOG.error("Port {} cannot be opened again: {}", address.getPort(), e.getMessage());
        }
    }

    /// The address that it listens on.
    synchronized InetSocketAddress address() {
        return address;
    }

    @Override
    public @Nullable HttpReply refusal(HttpRequestHead head) {
        var refused =
                guard.refusal(
                        head.header("host"), head.header("origin"), head.header("sec-fetch-site"));
        if (refused.isPresent()) {
            metrics.onRefused();
            return HttpReply.error(403, ErrorCode.FORBIDDEN, refused.get());
        }
        if (head.isUpgrade() && dialects.stream().noneMatch(d -> d.handles(head.path()))) {
            return HttpReply.error(404, ErrorCode.NOT_FOUND, "There is nothing here.");
        }
        return null;
    }

    @Override
    public boolean isAuthenticated(HttpRequestHead head) {
        return login(head) == UpgradeRequest.Login.ACCEPTED;
    }

    @Override
    public void handle(HttpExchange exchange, HttpRequestHead head, byte[] body) {
        http.handle(exchange, head, body, isAuthenticated(head));
    }

    private UpgradeRequest.Login login(HttpRequestHead head) {
        if (!needsToken) {
            return UpgradeRequest.Login.ACCEPTED;
        }
        String header = head.header("authorization");
        if (header == null) {
            return UpgradeRequest.Login.NONE;
        }
        String bearer = "bearer ";
        boolean accepted =
                header.regionMatches(true, 0, bearer, 0, bearer.length())
                        && tokens.accepts(header.substring(bearer.length()).strip());
        return accepted ? UpgradeRequest.Login.ACCEPTED : UpgradeRequest.Login.WRONG;
    }

    @Override
    public DialectConnection connect(HttpRequestHead head, Peer peer) {
        Dialect dialect =
                dialects.stream().filter(d -> d.handles(head.path())).findFirst().orElseThrow();
        return dialect.connect(new UpgradeRequest(head.path(), head.query(), login(head)), peer);
    }

    /// The clients that are connected.
    synchronized List<ConnectedClient> clients() {
        return loop.connections().stream()
                .filter(SocketConnection::isServed)
                .map(c -> new ConnectedClient(c.remote(), c.description(), c.since()))
                .toList();
    }

    /// Closes every connection with 1001 and stops listening.
    ///
    /// @param millis how long to wait for the clients at most
    void shutDown(int millis) throws InterruptedException {
        SelectorLoop last;
        synchronized (this) {
            down = true;
            last = loop;
        }
        last.shutDown(CloseCode.GOING_AWAY, "the server goes down", millis);
    }
}
