package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Decodes what a client sends, and hands it to the dialect through the [Mailbox].
///
/// Before login one message is handed on, and what comes behind it waits until the client is let
/// in: it may be as long as the messages of a client that is.
final class WebSocketProtocol implements Protocol {
    /// Close code for a client that did not read (`PROTOCOL.md`).
    private static final int STUCK = 4008;

    private static final int ABNORMAL = 1006;
    private static final int INTERNAL_ERROR = 1011;

    /// How long a client may take to answer a close frame.
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// Beyond this nothing more is read until the dialect has caught up.
    private static final int MAX_UNHANDLED = 256 * 1024;

    /// Beyond this nothing more is read until the client has read its pongs. Before login none may
    /// wait.
    private static final int MAX_PONGS = 16 * 1024;

    /// What a message costs beside its bytes.
    private static final int MESSAGE_OVERHEAD = 64;

    private static final int LARGE = 1024 * 1024;

    private final Connection connection;
    private final Setting setting;
    private final long began;
    private final Outbox outbox;
    private final FrameDecoder decoder; // the loop's thread alone
    private final Mailbox mailbox;
    private final AtomicBoolean toldDialect = new AtomicBoolean();
    private boolean heard; // the loop's thread alone: a message before login was handed on
    private boolean ourCloseSent; // the loop's thread alone
    private boolean theirsSeen; // the loop's thread alone: nothing that they send matters any more
    private volatile boolean closing;
    private volatile int closeCode = ABNORMAL;
    private volatile @Nullable DialectConnection dialect; // written by the mailbox

    WebSocketProtocol(Connection connection, Setting setting, long began) {
        this.connection = connection;
        this.setting = setting;
        this.began = began;
        this.outbox = connection.outbox();
        this.decoder = new FrameDecoder(setting.limits(), setting.budget());
        this.mailbox = new Mailbox(connection::goOn, connection::fail);
    }

    /// Answers the upgrade.
    ///
    /// @param in what came behind it
    void open(HttpHead head, ByteBuffer in) {
        setting.meter().opened();
        outbox.send(Handshake.answer(head));
        mailbox.put(
                0, () -> dialect = setting.front().connect(head, new SocketPeer(this, connection)));
        // Behind the dialect's beginning, so that it is told of an end that comes at this moment.
        connection.speaks(this);
        received(in);
    }

    boolean isServed() {
        return dialect != null && !closing;
    }

    @Override
    public void received(ByteBuffer in) {
        try {
            while (!theirsSeen && mayTake()) {
                Incoming whole = decoder.next(in, connection.isAdmitted());
                if (whole == null) {
                    break;
                }
                if (closing) {
                    drop(whole);
                } else {
                    take(whole);
                }
            }
        } catch (ProtocolFault e) {
            if (e.code() == ProtocolFault.TOO_BIG && !connection.isAdmitted() && !closing) {
                refuseLogin();
            } else {
                theyAreDone(e.code(), e.reason());
            }
        }
        if (connection.hasEnded()) {
            decoder.release();
        }
    }

    private void take(Incoming whole) {
        switch (whole) {
            case Incoming.Text text -> handOn(text.bytes(), () -> hear(text));
            case Incoming.Binary binary -> handOn(0, () -> hear(binary));
            case Incoming.Ping(ByteBuffer payload) -> outbox.pong(WireFrames.pong(payload));
            case Incoming.Pong _ -> {
                // An answer to nothing.
            }
            case Incoming.Close(int code, String reason) -> theyAreDone(code, reason);
        }
    }

    private void handOn(int bytes, Runnable task) {
        heard |= !connection.isAdmitted();
        mailbox.put(MESSAGE_OVERHEAD + bytes, task);
    }

    private void hear(Incoming.Text text) {
        try {
            DialectConnection to = dialect;
            if (to == null) {
                return;
            }
            setting.meter().received(text.text().length());
            if (text.bytes() > LARGE) {
                setting.budget().alone(() -> to.onText(text.text()));
            } else {
                to.onText(text.text());
            }
        } finally {
            setting.budget().give(text.charged());
        }
    }

    private void hear(Incoming.Binary binary) {
        DialectConnection to = dialect;
        if (to != null) {
            to.onBinary(binary.bytes());
        }
    }

    /// What is longer than any login is one that is wrong, and each dialect has its own words for
    /// that, as for a binary one.
    private void refuseLogin() {
        theirsSeen = true;
        handOn(0, () -> hear(new Incoming.Binary(0)));
        connection.endWithin(CLOSE_NANOS);
    }

    /// Our close frame is on its way: only theirs is waited for.
    private void drop(Incoming whole) {
        switch (whole) {
            case Incoming.Text text -> setting.budget().give(text.charged());
            case Incoming.Close _ -> {
                theirsSeen = true;
                lingerIfDone();
            }
            default -> {
                // Too late for it.
            }
        }
    }

    @Override
    public boolean mayTake() {
        if (closing) {
            return true;
        }
        return connection.isAdmitted()
                ? mailbox.bytes() <= MAX_UNHANDLED && outbox.pongsWaiting() <= MAX_PONGS
                : !heard && mailbox.isIdle() && outbox.pongsWaiting() == 0;
    }

    /// A close frame of theirs, or a fault, is answered behind what was sent before.
    private void theyAreDone(int code, String reason) {
        theirsSeen = true;
        mailbox.put(0, this::tellDialect);
        if (!close(code, reason)) {
            lingerIfDone();
        }
    }

    /// What was said before the end is still heard, and answered.
    @Override
    public void inputEnds(boolean broken) {
        theirsSeen = true;
        if (closing && (broken || ourCloseSent)) {
            connection.end();
        } else if (broken) {
            mailbox.put(0, connection::end);
        } else if (!closing) {
            connection.endWithin(CLOSE_NANOS);
            mailbox.put(
                    0,
                    () -> {
                        tellDialect();
                        closing = true;
                        outbox.finish(List.of());
                    });
        }
    }

    @Override
    public void sent() {
        ourCloseSent = true;
        lingerIfDone();
    }

    private void lingerIfDone() {
        if (ourCloseSent && theirsSeen) {
            connection.linger();
        }
    }

    @Override
    public void sweep(long now) {
        long late = 2 * setting.limits().handshakeWithin().toNanos() + CLOSE_NANOS;
        if (closing) {
            return; // which ends in time
        }
        if (!connection.isAdmitted() && now - began > late) {
            close(ProtocolFault.POLICY, "no login in time"); // where a dialect has no limit
        } else if (outbox.isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().stuck();
            outbox.dropWaiting();
            close(STUCK, "not reading");
        }
    }

    @Override
    public boolean isBeingAnswered() {
        return false;
    }

    /// The dialect lets the client in. Any thread may call it.
    void admitted() {
        if (connection.admit()) {
            connection.goOn();
        } else {
            setting.meter().refused();
            close(ProtocolFault.TRY_LATER, "too many connections");
        }
    }

    /// Closes behind what was sent before; what is sent later goes nowhere. Any thread may call it.
    ///
    /// @return whether this was the first call
    boolean close(int code, String reason) {
        if (!outbox.finish(List.of(WireFrames.close(code, reason)))) {
            return false;
        }
        closeCode = code;
        closing = true;
        connection.endWithin(CLOSE_NANOS);
        connection.goOn();
        return true;
    }

    @Override
    public void turnAway() {
        close(ProtocolFault.TRY_LATER, "too many connections");
    }

    @Override
    public void shut(int code, String reason) {
        close(code, reason);
    }

    @Override
    public void fail() {
        if (!close(INTERNAL_ERROR, "something went wrong")) {
            connection.end();
        }
    }

    @Override
    public void ended() {
        decoder.release();
        mailbox.put(0, this::tellDialect);
    }

    private void tellDialect() {
        DialectConnection to = dialect;
        if (toldDialect.compareAndSet(false, true)) {
            setting.meter().closed(closeCode);
            if (to != null) {
                to.onClosed();
            }
        }
    }
}
