package dev.oriel.gateway.socket;

import dev.oriel.gateway.codec.DecodedFrame;
import dev.oriel.gateway.codec.FrameDecoder;
import dev.oriel.gateway.codec.FrameEncoder;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.codec.ProtocolViolationException;
import dev.oriel.gateway.codec.UpgradeReplyEncoder;
import dev.oriel.gateway.socket.ConnectionState.Open;
import dev.oriel.gateway.socket.ConnectionState.Trigger;
import dev.oriel.message.CloseCode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A WebSocket from its upgrade to its last frame: decodes the frames of the client, passes its
/// messages to the dialect ([MessageDelivery]), and closes in the order that RFC 6455 demands.
///
/// **Close.** Each side sends one close frame and nothing after it. The socket is closed when ours
/// has been written (`outputDone`) and the client's has arrived, or will not any more
/// (`inputDone`); in any case after [#CLOSE_NANOS].
///
/// **Before login** one message is passed on, and what follows it waits until the client is
/// admitted: it may be as long as the messages of an admitted client.
final class WebSocketProtocol implements ConnectionProtocol {
    /// How long a client may take to reply to a close frame.
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// With more bytes of unhandled messages nothing is read until the dialect has caught up.
    private static final int MAX_UNHANDLED_BYTES = 256 * 1024;

    /// With more bytes of unsent pongs nothing is read until the client has read them: otherwise
    /// its pings would fill the memory. Before login none may wait.
    private static final int MAX_PONG_BYTES = 16 * 1024;

    private final SocketConnection connection;
    private final ConnectionContext context;
    private final long acceptedAt;
    private final SocketWriter writer;
    private final FrameDecoder decoder; // the loop's thread only, except release()
    private final MessageDelivery delivery;
    private boolean loginReceived; // the loop's thread only: a message before login was handed over
    private boolean outputDone; // the loop's thread only: our close frame was written
    private boolean inputDone; // the loop's thread only: whatever follows is of no use

    /// @param acceptedAt by the monotonic clock
    WebSocketProtocol(SocketConnection connection, ConnectionContext context, long acceptedAt) {
        this.connection = connection;
        this.context = context;
        this.acceptedAt = acceptedAt;
        this.writer = connection.writer();
        this.decoder = new FrameDecoder(context.limits(), context.budget());
        this.delivery =
                new MessageDelivery(
                        context.meter(),
                        context.budget(),
                        connection::resumeReading,
                        connection::fail);
    }

    /// Replies to the upgrade, unless another thread has refused it.
    ///
    /// @param in what followed it
    void open(HttpRequestHead head, ByteBuffer in) {
        if (!connection.move(new Trigger.Upgraded(this))) {
            return;
        }
        context.meter().onOpened();
        writer.send(UpgradeReplyEncoder.encode(head));
        delivery.connect(
                () -> context.handler().connect(head, new WebSocketPeer(this, connection)));
        onBytes(in);
    }

    /// Whether a dialect serves it.
    boolean isServed() {
        return delivery.isServed();
    }

    /// Whether our last frame is on its way, or more than that.
    private boolean isClosing() {
        return !(connection.state() instanceof Open);
    }

    @Override
    public void onBytes(ByteBuffer in) {
        try {
            while (!inputDone && canReceive()) {
                DecodedFrame frame = decoder.decode(in, connection.isAdmitted());
                if (frame == null) {
                    break;
                }
                if (isClosing()) {
                    drop(frame);
                } else {
                    onFrame(frame);
                }
            }
        } catch (ProtocolViolationException e) {
            boolean login = !connection.isAdmitted() && !isClosing();
            if (e.code() == CloseCode.MESSAGE_TOO_BIG && login) {
                refuseLogin();
            } else {
                onPeerDone(e.code(), e.reason());
            }
        }
        if (connection.isClosed()) {
            decoder.release();
        }
    }

    private void onFrame(DecodedFrame frame) {
        switch (frame) {
            case DecodedFrame.Text text -> {
                loginReceived |= !connection.isAdmitted();
                delivery.enqueue(text);
            }
            case DecodedFrame.Binary binary -> {
                loginReceived |= !connection.isAdmitted();
                delivery.enqueue(binary);
            }
            case DecodedFrame.Ping(ByteBuffer payload) ->
                    writer.sendPong(FrameEncoder.pong(payload));
            case DecodedFrame.Pong _ -> {
                // No ping is ever sent.
            }
            case DecodedFrame.Close(int code, String reason) -> onPeerDone(code, reason);
        }
    }

    /// A message that is longer than any login is a wrong login. Each dialect replies to that in
    /// its own way, and does so for a binary message.
    private void refuseLogin() {
        inputDone = true;
        loginReceived = true;
        delivery.enqueue(new DecodedFrame.Binary(0));
        connection.closeWithin(CLOSE_NANOS);
    }

    /// Our close frame is on its way: only the client's is waited for.
    private void drop(DecodedFrame frame) {
        switch (frame) {
            case DecodedFrame.Text text -> context.budget().release(text.charged());
            case DecodedFrame.Close _ -> {
                inputDone = true;
                lingerIfDone();
            }
            default -> {
                // It comes too late.
            }
        }
    }

    @Override
    public boolean canReceive() {
        if (isClosing()) {
            return true;
        }
        return connection.isAdmitted()
                ? delivery.unhandledBytes() <= MAX_UNHANDLED_BYTES
                        && writer.queuedPongBytes() <= MAX_PONG_BYTES
                : !loginReceived && delivery.isIdle() && writer.queuedPongBytes() == 0;
    }

    /// The client's close frame, or a violation of the protocol, is replied to after what was sent
    /// before.
    private void onPeerDone(int code, String reason) {
        inputDone = true;
        delivery.enqueueClose();
        if (!close(code, reason)) {
            lingerIfDone();
        }
    }

    /// Messages before the end are still handed over, and replied to.
    @Override
    public void onInputEnd(boolean broken) {
        inputDone = true;
        boolean closing = isClosing();
        if (closing && (broken || outputDone)) {
            connection.close();
        } else if (broken) {
            delivery.enqueueTask(connection::close);
        } else if (!closing) {
            connection.closeWithin(CLOSE_NANOS);
            delivery.enqueueClose(() -> {
                if (connection.move(new Trigger.CloseStarted())) {
                    writer.closeAfter(List.of());
                }
            });
        }
    }

    @Override
    public void onAllSent() {
        outputDone = true;
        lingerIfDone();
    }

    private void lingerIfDone() {
        if (outputDone && inputDone) {
            connection.linger();
        }
    }

    @Override
    public void checkTimeouts(long now) {
        if (isClosing()) {
            return; // `closeWithin` ends it
        }
        if (!connection.isAdmitted() && now - acceptedAt > maxUnadmittedNanos()) {
            close(CloseCode.POLICY_VIOLATION, "no login in time");
        } else if (writer.isStuck(context.limits().stuckAfter().toNanos())) {
            context.meter().onStuck();
            writer.dropUnstarted();
            close(CloseCode.TOO_SLOW, "not reading");
        }
    }

    /// How long a client may be connected without a login, for dialects that have no limit of their
    /// own: longer than the request and a dialect's own limit together, so that the dialect closes
    /// first and with its own code.
    private long maxUnadmittedNanos() {
        return 2 * context.limits().handshakeWithin().toNanos() + CLOSE_NANOS;
    }

    /// The dialect admits the client. Any thread may call it.
    void admit() {
        if (connection.admit()) {
            connection.resumeReading();
        } else {
            context.meter().onRefused();
            close(CloseCode.TRY_AGAIN_LATER, "too many connections");
        }
    }

    /// Closes after what was sent before; what is sent later is dropped. Any thread may call it.
    ///
    /// @return whether this was the first call
    boolean close(int code, String reason) {
        if (!connection.move(new Trigger.CloseStarted())) {
            return false;
        }
        connection.closeWithin(CLOSE_NANOS);
        writer.closeAfter(List.of(FrameEncoder.close(code, reason)));
        connection.resumeReading();
        return true;
    }

    @Override
    public void reject() {
        close(CloseCode.TRY_AGAIN_LATER, "too many connections");
    }

    @Override
    public void shutDown(int code, String reason) {
        close(code, reason);
    }

    @Override
    public void fail() {
        if (!close(CloseCode.INTERNAL_ERROR, "something went wrong")) {
            connection.close();
        }
    }

    @Override
    public void onClosed() {
        decoder.release();
        delivery.enqueueClose();
    }
}
