package dev.oriel.gateway.socket;

import dev.oriel.gateway.codec.SocketLimits;
import dev.oriel.gateway.socket.ConnectionState.Closed;
import dev.oriel.gateway.socket.ConnectionState.Open;
import dev.oriel.gateway.socket.ConnectionState.ReadingRequest;
import dev.oriel.gateway.socket.ConnectionState.Replying;
import dev.oriel.gateway.socket.ConnectionState.Streaming;
import dev.oriel.gateway.socket.ConnectionState.Trigger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accepted socket, from its first byte to its close. The [ConnectionProtocol] of its
/// [ConnectionState] interprets the bytes.
///
/// Bytes and events of the socket are handled on the loop's thread; any thread may send and close.
public final class SocketConnection
        implements ConnectionSlots.SlotHolder, SocketWriter.WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /// How long a client may take to read the end of what it was sent.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Room for the headers of a few frames around a message.
    private static final int FRAME_HEADERS = 32;

    /// An unauthenticated client may send no more at once than it may send at all, in bytes.
    private static final int MAX_READ_BEFORE_LOGIN =
            SocketLimits.MESSAGE_BEFORE_LOGIN + FRAME_HEADERS;

    private final Instant since = Instant.now();
    private final SocketChannel socket;
    private final InetSocketAddress remote;
    private final SelectorLoop loop;
    private final ConnectionContext context;
    private final LongSupplier nanoTime;
    private final long acceptedAt;
    private final SocketReader reader;
    private final SocketWriter writer;
    private final Object stateLock = new Object();
    private volatile ConnectionState state; // written under stateLock
    private volatile boolean admitted; // set by the loop's thread or the dialect's
    private volatile long closeAt; // written by any thread, the last one counts; 0 for never
    private volatile String description = ""; // written by any thread

    /// @param key of the socket in the loop's selector
    SocketConnection(
            SocketChannel socket,
            SelectionKey key,
            SelectorLoop loop,
            ConnectionContext context,
            LongSupplier nanoTime)
            throws IOException {
        this.socket = socket;
        this.loop = loop;
        this.context = context;
        this.nanoTime = nanoTime;
        if (!(socket.getRemoteAddress() instanceof InetSocketAddress address)) {
            throw new IOException("the client is gone");
        }
        this.remote = address;
        this.reader = new SocketReader(socket, key, this::protocol, this::resumeReading);
        this.writer = new SocketWriter(socket, key, System::nanoTime, this);
        this.acceptedAt = nanoTime.getAsLong();
        this.state = new ReadingRequest(new HttpProtocol(this, context, acceptedAt));
    }

    /// Moves this connection to its next state. Any thread may call it.
    ///
    /// @return false if the trigger had no effect, because another thread's was first
    boolean move(Trigger trigger) {
        synchronized (stateLock) {
            ConnectionState now = state;
            state = now.on(trigger);
            return !state.equals(now);
        }
    }

    ConnectionState state() {
        return state;
    }

    private ConnectionProtocol protocol() {
        return state.protocol();
    }

    SocketReader reader() {
        return reader;
    }

    /// Bytes that may be read at once.
    int maxRead() {
        return admitted ? Integer.MAX_VALUE : MAX_READ_BEFORE_LOGIN;
    }

    SocketWriter writer() {
        return writer;
    }

    @Override
    public InetAddress address() {
        return remote.getAddress();
    }

    @Override
    public long acceptedAt() {
        return acceptedAt;
    }

    @Override
    public boolean isReplying() {
        ConnectionState now = state;
        return now instanceof Replying || now instanceof Streaming;
    }

    /// Whether it is a WebSocket that a dialect serves, or a reply whose body goes on.
    public boolean isServed() {
        return switch (state) {
            case Streaming _ -> true;
            case Open(WebSocketProtocol protocol) -> protocol.isServed();
            default -> false;
        };
    }

    public Instant since() {
        return since;
    }

    /// Address and port of the client.
    public String remote() {
        return remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    void describe(String what) {
        description = what;
    }

    public String description() {
        return description;
    }

    boolean isAdmitted() {
        return admitted;
    }

    boolean isClosed() {
        return state instanceof Closed;
    }

    /// Whether the client has closed its half. On the loop's thread.
    boolean hasInputEnded() {
        return reader.hasInputEnded();
    }

    // On the loop's thread.

    void onWritable() {
        writer.onWritable();
        resumeReading();
    }

    /// Nothing more can be written. What the client has sent is still read to its end, where the
    /// connection is closed. If the end was read before, the connection is closed now.
    private void handleLost() {
        if (reader.hasInputEnded() && !isClosed()) {
            protocol().onInputEnd(true);
        } else {
            reader.resume();
        }
    }

    /// Shuts down the output, after everything was sent. The client may still be sending: closing
    /// the socket now would reset the connection, and the end of what it was sent would be lost. So
    /// the socket is closed when the client closes its half.
    void linger() {
        if (!move(new Trigger.OutputShutDown(new LingerProtocol(this, protocol())))) {
            return;
        }
        if (reader.hasInputEnded()) {
            close();
            return;
        }
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            close();
            return;
        }
        closeWithin(LINGER_NANOS);
        reader.resume();
    }

    /// @param now by the monotonic clock
    void checkTimeouts(long now) {
        if (closeAt != 0 && now - closeAt >= 0) {
            close();
        } else {
            protocol().checkTimeouts(now);
        }
    }

    // From any thread.

    /// Runs a task on the loop's thread, after the sockets that are ready now have been read.
    void post(Runnable act) {
        loop.post(this, act);
    }

    /// Resumes reading if it is paused and the protocol can receive more.
    void resumeReading() {
        if (reader.isPaused()) {
            post(reader::resume);
        }
    }

    /// Sets the time at which the socket is closed, whatever happens; replaces an earlier one.
    void closeWithin(long nanos) {
        long at = nanoTime.getAsLong() + nanos;
        closeAt = at == 0 ? 1 : at; // 0 means never
    }

    /// Takes one of the slots of authenticated clients.
    ///
    /// @return whether there is one
    boolean admit() {
        if (!admitted) {
            admitted = context.slots().admit(this);
        }
        return admitted;
    }

    /// The server shuts down.
    void shutDown(int code, String reason) {
        protocol().shutDown(code, reason);
    }

    /// There are too many unauthenticated connections.
    void evict() {
        context.meter().onRefused();
        try {
            protocol().reject();
        } finally {
            close(); // also if there is too little memory left to tell the client
        }
    }

    /// The server failed, not the client.
    void fail(Throwable why) {
        try {
            LOG.error("A connection failed", why);
            protocol().fail();
        } catch (Throwable again) {
            close(); // which needs little
        }
    }

    @Override
    public void onAllSent() {
        post(() -> protocol().onAllSent());
    }

    @Override
    public void onLost() {
        post(this::handleLost);
    }

    /// Closes the socket at once.
    void close() {
        if (!move(new Trigger.SocketClosed())) {
            return;
        }
        writer.close();
        try {
            socket.close(); // which cancels its key
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
        context.slots().remove(this);
        loop.remove(this);
        protocol().onClosed();
    }
}
