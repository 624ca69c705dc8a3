package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.TokenCheck;
import dev.oriel.dialect.Upgrade;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One port: accepts connections, lets the guard look at them, and gives each to the dialect of its
/// path.
final class Listener extends WebSocketServer implements Connection.Front {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int GOING_AWAY = 1001;
    private static final long REMIND_MILLIS = 20;

    /// How long a client may take to read why it was refused.
    private static final long LINGER_MILLIS = 1_000;

    /// Beyond the limit, so many are still told why they are refused.
    private static final int TOLD = 64;

    private final Guard guard;
    private final Limits limits;
    private final List<Dialect> dialects;
    private final HttpFront http;
    private final TokenCheck tokens;
    private final boolean needsToken;
    private final ScheduledExecutorService timer;
    private final Metrics metrics;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Integer> bound = new CompletableFuture<>();
    private @Nullable ScheduledFuture<?> sweep;

    /// @param host as it was asked for, which is also a name that clients may call it by
    Listener(
            String host,
            InetSocketAddress address,
            ServerConfig config,
            List<Dialect> dialects,
            TokenCheck tokens,
            ScheduledExecutorService timer,
            Metrics metrics,
            FailedLogins failedLogins) {
        super(
                address,
                1,
                List.of(
                        new Draft_6455(
                                Collections
                                        .emptyList(), // no compression: it costs more than loopback
                                // does
                                List.of(new Protocol("")),
                                config.limits().maxFrame())));
        this.limits = config.limits();
        this.guard = new Guard(host, config.allowedHosts(), config.allowedOrigins());
        this.dialects = dialects;
        this.tokens = tokens;
        this.needsToken = config.needsToken();
        this.timer = timer;
        this.metrics = metrics;
        this.http = new HttpFront(dialects, metrics, failedLogins);
        setWebSocketFactory(
                new ConnectionFactory(
                        this,
                        connections,
                        task -> timer.schedule(task, REMIND_MILLIS, TimeUnit.MILLISECONDS)));
        setReuseAddr(true);
        setTcpNoDelay(true);
        setDaemon(true);
    }

    /// Begins to listen.
    ///
    /// @return the port; fails with the reason if the address cannot be had
    CompletableFuture<Integer> listen() {
        start();
        return bound;
    }

    @Override
    public void onStart() {
        sweep = timer.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
        bound.complete(getPort());
    }

    /// Ends clients that take forever to ask, or to read.
    private void sweep() {
        long now = System.currentTimeMillis();
        for (Connection c : connections) {
            try {
                sweep(c, now);
            } catch (RuntimeException e) {
                // A timer ends with the first exception, and with it the care for all others.
                LOG.error("A connection could not be looked after", e);
            }
        }
    }

    private void sweep(Connection c, long now) {
        if (c.isBeginning() && now - c.since.toEpochMilli() > limits.handshakeWithin().toMillis()) {
            c.answer(HttpReply.error(408, "too_slow", "The request took too long."));
        } else if (c.outbox().isStuck(limits.stuckAfter().toNanos())) {
            metrics.stuck();
            c.outbox().dropWaiting();
            new SocketPeer(c, timer).close(EmbeddedServer.CLOSE_STUCK, "not reading");
        }
    }

    @Override
    protected boolean onConnect(SelectionKey key) {
        return connections.size() <= limits.maxConnections() + TOLD;
    }

    @Override
    public void endSoon(Connection connection) {
        timer.schedule(connection::end, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public @Nullable HttpReply refusal(HttpHead head) {
        var refused =
                guard.refusal(
                        head.header("host"), head.header("origin"), head.header("sec-fetch-site"));
        if (refused.isPresent()) {
            metrics.refused();
            return HttpReply.error(403, "forbidden", refused.get());
        }
        if (connections.size() > limits.maxConnections()) {
            metrics.refused();
            return HttpReply.error(503, "too_many", "Too many connections. Try again later.");
        }
        if (head.isUpgrade() && dialects.stream().noneMatch(d -> d.speaks(head.path()))) {
            return HttpReply.error(404, "not_found", "There is nothing here.");
        }
        return null;
    }

    @Override
    public void handle(Connection connection, HttpHead head, byte[] body) {
        http.handle(connection, head, body, login(head) == Upgrade.Login.ACCEPTED);
    }

    private Upgrade.Login login(HttpHead head) {
        if (!needsToken) {
            return Upgrade.Login.ACCEPTED;
        }
        String header = head.header("authorization");
        if (header == null) {
            return Upgrade.Login.NONE;
        }
        String bearer = "bearer ";
        boolean accepted =
                header.regionMatches(true, 0, bearer, 0, bearer.length())
                        && tokens.accepts(header.substring(bearer.length()).strip());
        return accepted ? Upgrade.Login.ACCEPTED : Upgrade.Login.WRONG;
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        Connection c = (Connection) socket;
        metrics.opened();
        HttpHead head = c.head();
        Dialect dialect =
                dialects.stream().filter(d -> d.speaks(head.path())).findFirst().orElseThrow();
        c.speak(
                dialect.connect(
                        new Upgrade(head.path(), head.query(), login(head)),
                        new SocketPeer(c, timer)));
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        DialectConnection d = ((Connection) socket).dialect();
        if (d != null) {
            metrics.received(text.length());
            d.onText(text);
        }
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
        DialectConnection d = ((Connection) socket).dialect();
        if (d != null) {
            d.onBinary(bytes.remaining());
        }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        Connection c = (Connection) socket;
        metrics.closed(code);
        DialectConnection d = c.dialect();
        if (d != null) {
            d.onClosed();
        }
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception e) {
        if (socket == null && !bound.isDone()) {
            bound.completeExceptionally(e);
        } else if (e instanceof IOException || e instanceof InvalidDataException) {
            LOG.debug("A connection broke: {}", e.toString());
        } else {
            LOG.warn("A connection failed", e);
        }
    }

    /// How many connections are open, HTTP included.
    int connections() {
        return connections.size();
    }

    /// Who is connected.
    List<ConnectedClient> clients() {
        return connections.stream()
                .filter(c -> c.isOpen() && c.dialect() != null)
                .map(c -> new ConnectedClient(remote(c), c.description(), c.since))
                .toList();
    }

    private static String remote(Connection c) {
        InetSocketAddress address = c.getRemoteSocketAddress();
        return address == null
                ? ""
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// Closes every connection with 1001 and stops listening.
    void shut(int millis) throws InterruptedException {
        if (sweep != null) {
            sweep.cancel(false);
        }
        stop(millis, "the server goes down");
        connections.forEach(c -> c.closeConnection(GOING_AWAY, "the server goes down"));
    }
}
