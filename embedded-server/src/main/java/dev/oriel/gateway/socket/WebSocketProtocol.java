package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.gateway.codec.DecodedFrame;
import dev.oriel.gateway.codec.FrameDecoder;
import dev.oriel.gateway.codec.FrameEncoder;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.codec.ProtocolViolationException;
import dev.oriel.gateway.codec.UpgradeReplyEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Decodes what a client sends, and hands it to the dialect through the [Mailbox].
///
/// Before login one message is handed on, and what comes behind it waits until the client is let
/// in: it may be as long as the messages of a client that is.
final class WebSocketProtocol implements ConnectionProtocol {
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

    private final SocketConnection connection;
    private final ConnectionContext setting;
    private final long began;
    private final SocketWriter outbox;
    private final FrameDecoder decoder; // the loop's thread alone
    private final Mailbox mailbox;
    private final AtomicBoolean toldDialect = new AtomicBoolean();
    private boolean heard; // the loop's thread alone: a message before login was handed on
    private boolean ourCloseSent; // the loop's thread alone
    private boolean theirsSeen; // the loop's thread alone: nothing that they send matters any more
    private volatile boolean closing;
    private volatile int closeCode = ABNORMAL;
    private volatile @Nullable DialectConnection dialect; // written by the mailbox

    WebSocketProtocol(SocketConnection connection, ConnectionContext setting, long began) {
        this.connection = connection;
        this.setting = setting;
        this.began = began;
        this.outbox = connection.outbox();
        this.decoder = new FrameDecoder(setting.limits(), setting.budget());
        this.mailbox = new Mailbox(connection::resumeReading, connection::fail);
    }

    /// Answers the upgrade.
    ///
    /// @param in what came behind it
    void open(HttpRequestHead head, ByteBuffer in) {
        setting.meter().onOpened();
        outbox.send(UpgradeReplyEncoder.encode(head));
        mailbox.enqueue(
                0,
                () ->
                        dialect =
                                setting.handler()
                                        .connect(head, new WebSocketPeer(this, connection)));
        // Behind the dialect's beginning, so that it is told of an end that comes at this moment.
        connection.switchTo(this);
        onBytes(in);
    }

    boolean isServed() {
        return dialect != null && !closing;
    }

    @Override
    public void onBytes(ByteBuffer in) {
        try {
            while (!theirsSeen && canReceive()) {
                DecodedFrame whole = decoder.decode(in, connection.isAdmitted());
                if (whole == null) {
                    break;
                }
                if (closing) {
                    drop(whole);
                } else {
                    take(whole);
                }
            }
        } catch (ProtocolViolationException e) {
            if (e.code() == ProtocolViolationException.TOO_BIG
                    && !connection.isAdmitted()
                    && !closing) {
                refuseLogin();
            } else {
                theyAreDone(e.code(), e.reason());
            }
        }
        if (connection.isClosed()) {
            decoder.release();
        }
    }

    private void take(DecodedFrame whole) {
        switch (whole) {
            case DecodedFrame.Text text -> handOn(text.bytes(), () -> hear(text));
            case DecodedFrame.Binary binary -> handOn(0, () -> hear(binary));
            case DecodedFrame.Ping(ByteBuffer payload) ->
                    outbox.sendPong(FrameEncoder.pong(payload));
            case DecodedFrame.Pong _ -> {
                // An answer to nothing.
            }
            case DecodedFrame.Close(int code, String reason) -> theyAreDone(code, reason);
        }
    }

    private void handOn(int bytes, Runnable task) {
        heard |= !connection.isAdmitted();
        mailbox.enqueue(MESSAGE_OVERHEAD + bytes, task);
    }

    private void hear(DecodedFrame.Text text) {
        try {
            DialectConnection to = dialect;
            if (to == null) {
                return;
            }
            setting.meter().onReceived(text.text().length());
            if (text.bytes() > LARGE) {
                setting.budget().runExclusively(() -> to.onText(text.text()));
            } else {
                to.onText(text.text());
            }
        } finally {
            setting.budget().release(text.charged());
        }
    }

    private void hear(DecodedFrame.Binary binary) {
        DialectConnection to = dialect;
        if (to != null) {
            to.onBinary(binary.bytes());
        }
    }

    /// What is longer than any login is one that is wrong, and each dialect has its own words for
    /// that, as for a binary one.
    private void refuseLogin() {
        theirsSeen = true;
        handOn(0, () -> hear(new DecodedFrame.Binary(0)));
        connection.closeWithin(CLOSE_NANOS);
    }

    /// Our close frame is on its way: only theirs is waited for.
    private void drop(DecodedFrame whole) {
        switch (whole) {
            case DecodedFrame.Text text -> setting.budget().release(text.charged());
            case DecodedFrame.Close _ -> {
                theirsSeen = true;
                lingerIfDone();
            }
            default -> {
                // Too late for it.
            }
        }
    }

    @Override
    public boolean canReceive() {
        if (closing) {
            return true;
        }
        return connection.isAdmitted()
                ? mailbox.bytes() <= MAX_UNHANDLED && outbox.queuedPongBytes() <= MAX_PONGS
                : !heard && mailbox.isIdle() && outbox.queuedPongBytes() == 0;
    }

    /// A close frame of theirs, or a fault, is answered behind what was sent before.
    private void theyAreDone(int code, String reason) {
        theirsSeen = true;
        mailbox.enqueue(0, this::tellDialect);
        if (!close(code, reason)) {
            lingerIfDone();
        }
    }

    /// What was said before the end is still heard, and answered.
    @Override
    public void onInputEnd(boolean broken) {
        theirsSeen = true;
        if (closing && (broken || ourCloseSent)) {
            connection.close();
        } else if (broken) {
            mailbox.enqueue(0, connection::close);
        } else if (!closing) {
            connection.closeWithin(CLOSE_NANOS);
            mailbox.enqueue(
                    0,
                    () -> {
                        tellDialect();
                        closing = true;
                        outbox.closeAfter(List.of());
                    });
        }
    }

    @Override
    public void onAllSent() {
        ourCloseSent = true;
        lingerIfDone();
    }

    private void lingerIfDone() {
        if (ourCloseSent && theirsSeen) {
            connection.linger();
        }
    }

    @Override
    public void checkTimeouts(long now) {
        long late = 2 * setting.limits().handshakeWithin().toNanos() + CLOSE_NANOS;
        if (closing) {
            return; // which ends in time
        }
        if (!connection.isAdmitted() && now - began > late) {
            close(
                    ProtocolViolationException.POLICY,
                    "no login in time"); // where a dialect has no limit
        } else if (outbox.isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().onStuck();
            outbox.dropWaiting();
            close(STUCK, "not reading");
        }
    }

    @Override
    public boolean isReplying() {
        return false;
    }

    /// The dialect lets the client in. Any thread may call it.
    void admitted() {
        if (connection.admit()) {
            connection.resumeReading();
        } else {
            setting.meter().onRefused();
            close(ProtocolViolationException.TRY_LATER, "too many connections");
        }
    }

    /// Closes behind what was sent before; what is sent later goes nowhere. Any thread may call it.
    ///
    /// @return whether this was the first call
    boolean close(int code, String reason) {
        if (!outbox.closeAfter(List.of(FrameEncoder.close(code, reason)))) {
            return false;
        }
        closeCode = code;
        closing = true;
        connection.closeWithin(CLOSE_NANOS);
        connection.resumeReading();
        return true;
    }

    @Override
    public void reject() {
        close(ProtocolViolationException.TRY_LATER, "too many connections");
    }

    @Override
    public void shutDown(int code, String reason) {
        close(code, reason);
    }

    @Override
    public void fail() {
        if (!close(INTERNAL_ERROR, "something went wrong")) {
            connection.close();
        }
    }

    @Override
    public void onClosed() {
        decoder.release();
        mailbox.enqueue(0, this::tellDialect);
    }

    private void tellDialect() {
        DialectConnection to = dialect;
        if (toldDialect.compareAndSet(false, true)) {
            setting.meter().onClosed(closeCode);
            if (to != null) {
                to.onClosed();
            }
        }
    }
}
