package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpReplyEncoder;
import dev.oriel.gateway.codec.SocketLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accepted socket, from its first byte to its end. What its bytes mean is the
/// [ConnectionProtocol]'s.
///
/// The loop's thread alone reads and changes the protocol. Anybody may send and end.
public final class SocketConnection
        implements ConnectionSlots.SlotHolder, SocketWriter.WriteListener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /// How long a client may take to read the last that it was sent.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A stranger may say no more at once than it may say at all.
    private static final int READ_BEFORE_LOGIN = SocketLimits.MESSAGE_BEFORE_LOGIN + 32;

    private final Instant since = Instant.now();
    private final SocketChannel socket;
    private final InetSocketAddress remote;
    private final SelectorLoop loop;
    private final ConnectionContext setting;
    private final LongSupplier nanoTime;
    private final long acceptedAt;
    private final SocketWriter outbox;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> whenSent = new AtomicReference<>();
    private @Nullable SelectionKey key; // the loop's thread alone
    private @Nullable ByteBuffer kept; // the loop's thread alone: read, but not yet taken
    private boolean inputEnded; // the loop's thread alone
    private volatile ConnectionProtocol protocol; // written by the loop's thread
    private volatile boolean paused; // written by the loop's thread
    private volatile boolean lingering; // written by the loop's thread
    private volatile boolean admitted;
    private volatile long endBy; // 0 for never
    private volatile String description = "";

    SocketConnection(
            SocketChannel socket,
            SelectorLoop loop,
            ConnectionContext setting,
            LongSupplier nanoTime)
            throws IOException {
        this.socket = socket;
        this.loop = loop;
        this.setting = setting;
        this.nanoTime = nanoTime;
        if (!(socket.getRemoteAddress() instanceof InetSocketAddress address)) {
            throw new IOException("the client is gone");
        }
        this.remote = address;
        this.outbox = new SocketWriter(socket, this);
        this.acceptedAt = nanoTime.getAsLong();
        this.protocol = new HttpProtocol(this, setting, acceptedAt);
    }

    void register(SelectionKey selectionKey) {
        key = selectionKey;
        outbox.register(selectionKey);
    }

    /// On the loop's thread. Another may have ended the connection a moment ago, and have told the
    /// protocol before.
    void switchTo(ConnectionProtocol other) {
        protocol = other;
        if (ended.get()) {
            other.onClosed();
        }
    }

    SocketWriter outbox() {
        return outbox;
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
        return !lingering && protocol.isReplying();
    }

    /// Whether it is a WebSocket that a dialect serves, or an answer that goes on.
    public boolean isServed() {
        ConnectionProtocol now = protocol;
        return !ended.get()
                && (now instanceof HttpStreamProtocol
                        || (now instanceof WebSocketProtocol w && w.isServed()));
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
        return ended.get();
    }

    /// Whether the client has said its last. On the loop's thread.
    boolean inputHasEnded() {
        return inputEnded;
    }

    // On the loop's thread.

    /// @param buffer shared by all connections
    void onReadable(ByteBuffer buffer) {
        if (paused || ended.get()) {
            return;
        }
        buffer.clear();
        if (!admitted) {
            buffer.limit(READ_BEFORE_LOGIN);
        }
        int count;
        try {
            count = socket.read(buffer);
        } catch (IOException e) {
            inputEnds(true);
            return;
        }
        if (count < 0) {
            inputEnds(false);
        } else {
            take(buffer.flip());
        }
    }

    private void take(ByteBuffer in) {
        if (lingering) {
            return;
        }
        protocol.onBytes(in);
        if (!protocol.canReceive() && !lingering) {
            pause(in);
        }
    }

    private void pause(ByteBuffer in) {
        if (in.hasRemaining()) {
            kept = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        paused = true;
        interest(false);
        if (protocol.canReceive()) {
            resumeReading(); // what was waited for has just happened
        }
    }

    private void resume() {
        if (!paused || (!lingering && !protocol.canReceive())) {
            return;
        }
        paused = false;
        ByteBuffer in = kept;
        kept = null;
        if (in != null) {
            take(in);
        }
        if (!paused) {
            interest(true);
        }
    }

    private void interest(boolean reading) {
        SelectionKey selectionKey = key;
        if (selectionKey == null || (inputEnded && reading)) {
            return;
        }
        try {
            if (reading) {
                selectionKey.interestOpsOr(SelectionKey.OP_READ);
            } else {
                selectionKey.interestOpsAnd(~SelectionKey.OP_READ);
            }
        } catch (CancelledKeyException e) {
            // It has ended.
        }
    }

    private void inputEnds(boolean broken) {
        inputEnded = true;
        interest(false);
        if (lingering) {
            close();
        } else {
            protocol.onInputEnd(broken);
        }
    }

    void onWritable() {
        outbox.write();
        resumeReading();
    }

    /// Nothing more can be written. What the client has said is still read to its end, where the
    /// connection ends; where that has come before, nobody else would notice.
    private void nobodyHears() {
        if (inputEnded && !ended.get()) {
            inputEnds(true);
        } else {
            resume();
        }
    }

    private void sent() {
        runWhenSent();
        if (!lingering) {
            protocol.onAllSent();
        }
    }

    /// All is said. The client may still be sending: closing now would reset the connection, and
    /// the last that it was sent would be lost with it. So only our half ends, until the client
    /// ends its own.
    void linger() {
        lingering = true;
        if (inputEnded) {
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
        resume();
    }

    /// @param now by the clock that only goes forward
    void checkTimeouts(long now) {
        if (endBy != 0 && now - endBy >= 0) {
            close();
        } else if (!lingering) {
            protocol.checkTimeouts(now);
        }
    }

    // From any thread.

    /// Runs a task on the loop's thread, after the sockets that are ready now have been read.
    void post(Runnable act) {
        loop.post(this, act);
    }

    /// Something that reading may wait for has happened.
    void resumeReading() {
        if (paused) {
            loop.post(this, this::resume);
        }
    }

    void closeWithin(long nanos) {
        long by = nanoTime.getAsLong() + nanos;
        endBy = by == 0 ? 1 : by;
    }

    /// Takes the place of a client that has shown a token.
    ///
    /// @return whether there is one
    boolean admit() {
        if (!admitted) {
            admitted = setting.slots().admit(this);
        }
        return admitted;
    }

    /// Answers a plain HTTP request and closes behind the answer.
    public void reply(HttpReply reply) {
        outbox.closeAfter(
                List.of(
                        ByteBuffer.wrap(HttpReplyEncoder.encodeHead(reply)),
                        ByteBuffer.wrap(reply.body())));
    }

    /// The same.
    ///
    /// @param then run once nothing of the answer is kept any more: it has been written, or the
    ///   client is gone
    public void reply(HttpReply reply, Runnable then) {
        whenSent.set(then);
        reply(reply);
        if (ended.get()) {
            runWhenSent();
        }
    }

    private void runWhenSent() {
        Runnable then = whenSent.getAndSet(null);
        if (then != null) {
            then.run();
        }
    }

    /// Answers a plain HTTP request with a body that goes on until one side ends it.
    public void stream(HttpReply reply, HttpReply.BodyStream opening) {
        loop.post(this, () -> new HttpStreamProtocol(this, setting).open(reply, opening));
    }

    /// The server goes down.
    void shutDown(int code, String reason) {
        protocol.shutDown(code, reason);
    }

    /// There are too many that have not logged in.
    void evict() {
        setting.meter().onRefused();
        try {
            protocol.reject();
        } finally {
            close(); // also where there is too little left to say why
        }
    }

    /// Something is wrong with the server, and not with the client.
    void fail(Throwable why) {
        try {
            LOG.error("A connection failed", why);
            protocol.fail();
        } catch (Throwable again) {
            close(); // for which little is needed
        }
    }

    @Override
    public void onAllSent() {
        loop.post(this, this::sent);
    }

    @Override
    public void onLost() {
        loop.post(this, this::nobodyHears);
    }

    /// Closes the socket at once.
    void close() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        outbox.close();
        try {
            socket.close(); // which cancels its key
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
        setting.slots().remove(this);
        loop.remove(this);
        runWhenSent();
        protocol.onClosed();
    }
}
