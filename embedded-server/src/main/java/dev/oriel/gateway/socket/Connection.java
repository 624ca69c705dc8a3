package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
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

/// One accepted socket, from its first byte to its end. What its bytes mean is the [Protocol]'s.
///
/// The loop's thread alone reads and changes the protocol. Anybody may send and end.
public final class Connection implements Places.Guest, Outbox.Events {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /// How long a client may take to read the last that it was sent.
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A stranger may say no more at once than it may say at all.
    private static final int READ_BEFORE_LOGIN = SocketLimits.MESSAGE_BEFORE_LOGIN + 32;

    private final Instant since = Instant.now();
    private final SocketChannel socket;
    private final InetSocketAddress remote;
    private final SelectorLoop loop;
    private final Setting setting;
    private final LongSupplier nanoTime;
    private final long acceptedAt;
    private final Outbox outbox;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Runnable> whenSent = new AtomicReference<>();
    private @Nullable SelectionKey key; // the loop's thread alone
    private @Nullable ByteBuffer kept; // the loop's thread alone: read, but not yet taken
    private boolean inputEnded; // the loop's thread alone
    private volatile Protocol protocol; // written by the loop's thread
    private volatile boolean paused; // written by the loop's thread
    private volatile boolean lingering; // written by the loop's thread
    private volatile boolean admitted;
    private volatile long endBy; // 0 for never
    private volatile String description = "";

    Connection(SocketChannel socket, SelectorLoop loop, Setting setting, LongSupplier nanoTime)
            throws IOException {
        this.socket = socket;
        this.loop = loop;
        this.setting = setting;
        this.nanoTime = nanoTime;
        if (!(socket.getRemoteAddress() instanceof InetSocketAddress address)) {
            throw new IOException("the client is gone");
        }
        this.remote = address;
        this.outbox = new Outbox(socket, this);
        this.acceptedAt = nanoTime.getAsLong();
        this.protocol = new HttpProtocol(this, setting, acceptedAt);
    }

    void register(SelectionKey selectionKey) {
        key = selectionKey;
        outbox.register(selectionKey);
    }

    /// On the loop's thread. Another may have ended the connection a moment ago, and have told the
    /// protocol before.
    void speaks(Protocol other) {
        protocol = other;
        if (ended.get()) {
            other.ended();
        }
    }

    Outbox outbox() {
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
    public boolean isBeingAnswered() {
        return !lingering && protocol.isBeingAnswered();
    }

    /// Whether it is a WebSocket that a dialect serves, or an answer that goes on.
    public boolean isServed() {
        Protocol now = protocol;
        return !ended.get()
                && (now instanceof StreamProtocol
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

    boolean hasEnded() {
        return ended.get();
    }

    /// Whether the client has said its last. On the loop's thread.
    boolean inputHasEnded() {
        return inputEnded;
    }

    // On the loop's thread.

    /// @param buffer shared by all connections
    void readable(ByteBuffer buffer) {
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
        protocol.received(in);
        if (!protocol.mayTake() && !lingering) {
            pause(in);
        }
    }

    private void pause(ByteBuffer in) {
        if (in.hasRemaining()) {
            kept = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        paused = true;
        interest(false);
        if (protocol.mayTake()) {
            goOn(); // what was waited for has just happened
        }
    }

    private void resume() {
        if (!paused || (!lingering && !protocol.mayTake())) {
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
            end();
        } else {
            protocol.inputEnds(broken);
        }
    }

    void writable() {
        outbox.write();
        goOn();
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
            protocol.sent();
        }
    }

    /// All is said. The client may still be sending: closing now would reset the connection, and
    /// the last that it was sent would be lost with it. So only our half ends, until the client
    /// ends its own.
    void linger() {
        lingering = true;
        if (inputEnded) {
            end();
            return;
        }
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            end();
            return;
        }
        endWithin(LINGER_NANOS);
        resume();
    }

    /// @param now by the clock that only goes forward
    void sweep(long now) {
        if (endBy != 0 && now - endBy >= 0) {
            end();
        } else if (!lingering) {
            protocol.sweep(now);
        }
    }

    // From any thread.

    /// Something that reading may wait for has happened.
    void goOn() {
        if (paused) {
            loop.execute(this, this::resume);
        }
    }

    void endWithin(long nanos) {
        long by = nanoTime.getAsLong() + nanos;
        endBy = by == 0 ? 1 : by;
    }

    /// Takes the place of a client that has shown a token.
    ///
    /// @return whether there is one
    boolean admit() {
        if (!admitted) {
            admitted = setting.places().admit(this);
        }
        return admitted;
    }

    /// Answers a plain HTTP request and closes behind the answer.
    public void answer(HttpReply reply) {
        outbox.finish(
                List.of(ByteBuffer.wrap(HttpBytes.head(reply)), ByteBuffer.wrap(reply.body())));
    }

    /// The same.
    ///
    /// @param then run once nothing of the answer is kept any more: it has been written, or the
    ///   client is gone
    public void answer(HttpReply reply, Runnable then) {
        whenSent.set(then);
        answer(reply);
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
    public void stream(HttpReply reply, HttpReply.Opening opening) {
        loop.execute(this, () -> new StreamProtocol(this, setting).open(reply, opening));
    }

    /// The server goes down.
    void shut(int code, String reason) {
        protocol.shut(code, reason);
    }

    /// There are too many that have not logged in.
    void evict() {
        setting.meter().refused();
        try {
            protocol.turnAway();
        } finally {
            end(); // also where there is too little left to say why
        }
    }

    /// Something is wrong with the server, and not with the client.
    void fail(Throwable why) {
        try {
            LOG.error("A connection failed", why);
            protocol.fail();
        } catch (Throwable again) {
            end(); // for which little is needed
        }
    }

    @Override
    public void allSent() {
        loop.execute(this, this::sent);
    }

    @Override
    public void lost() {
        loop.execute(this, this::nobodyHears);
    }

    /// Closes the socket at once.
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        outbox.close();
        try {
            socket.close(); // which cancels its key
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
        setting.places().left(this);
        loop.remove(this);
        runWhenSent();
        protocol.ended();
    }
}
