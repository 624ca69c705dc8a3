package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.codec.HttpRequestReader;
import dev.oriel.gateway.socket.ConnectionState.ReadingRequest;
import dev.oriel.gateway.socket.ConnectionState.Trigger;
import dev.oriel.message.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads one HTTP request, which is replied to, or upgrades the connection to a WebSocket.
final class HttpProtocol implements ConnectionProtocol {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketConnection connection;
    private final ConnectionContext context;
    private final long acceptedAt;
    private final HttpExchange exchange;
    private final HttpRequestReader reader; // the loop's thread only
    private final AtomicLong reserved = new AtomicLong(); // bytes of the receive budget
    private @Nullable HttpRequestHead head; // the loop's thread only
    private long reads; // the loop's thread only: how often bytes of the request have arrived

    /// @param acceptedAt by the monotonic clock
    HttpProtocol(SocketConnection connection, ConnectionContext context, long acceptedAt) {
        this.connection = connection;
        this.context = context;
        this.acceptedAt = acceptedAt;
        this.exchange = new HttpExchange(connection, context);
        this.reader = new HttpRequestReader(context.limits().maxHead());
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (!isReading()) {
            return; // one request per connection
        }
        reads++;
        try {
            HttpRequestHead known = head;
            if (known != null) {
                readBody(known, in);
                return;
            }
            HttpRequestHead read = reader.readHead(in);
            if (read != null) {
                head = read;
                onHead(read, in);
            }
        } catch (HttpRequestReader.RefusedRequestException e) {
            refuse(e.reply());
        }
    }

    private boolean isReading() {
        return connection.state() instanceof ReadingRequest;
    }

    private void onHead(HttpRequestHead read, ByteBuffer in)
            throws HttpRequestReader.RefusedRequestException {
        HttpReply refusal = context.handler().refusal(read);
        if (refusal != null) {
            refuse(refusal);
        } else if (read.isUpgrade()
                && (!read.isValidUpgrade() || read.hasOnlyInvalidSubprotocols())) {
            refuse(
                    HttpReply.error(400, ErrorCode.BAD_REQUEST, "This is not a WebSocket upgrade.")
                            .withHeader("Sec-WebSocket-Version", "13"));
        } else if (context.handler().isAuthenticated(read) && !connection.admit()) {
            context.meter().onRefused();
            refuse(tooMany());
        } else if (read.isUpgrade()) {
            new WebSocketProtocol(connection, context, acceptedAt).open(read, in);
        } else {
            int max = context.limits().maxBody(connection.isAdmitted());
            boolean more = reader.expectBody(read, max);
            if (more && read.expectsContinue() && !in.hasRemaining()) {
                connection.writer().send(List.of(ByteBuffer.wrap(CONTINUE)));
            }
            readBody(read, in);
        }
    }

    /// Counts received bytes of a body towards what all connections may keep.
    ///
    /// @return whether there was as much left
    private boolean reserve(int bytes) {
        if (!context.budget().tryReserve(bytes)) {
            return false;
        }
        reserved.addAndGet(bytes);
        if (connection.isClosed()) {
            release();
        }
        return true;
    }

    private void release() {
        context.budget().release(reserved.getAndSet(0));
    }

    private void readBody(HttpRequestHead read, ByteBuffer in) {
        if (!reserve(in.remaining())) {
            context.meter().onRefused();
            refuse(tooMany());
            return;
        }
        byte[] body = reader.readBody(in);
        if (body != null && connection.move(new Trigger.ReplyStarted())) {
            context.handler().handle(exchange, read, body);
        }
    }

    /// Replies to a request that may still be arriving. Does nothing if it has been replied to, or
    /// the connection was upgraded.
    private void refuse(HttpReply reply) {
        if (connection.move(new Trigger.ReplyStarted())) {
            exchange.reply(reply);
        }
    }

    private static HttpReply tooMany() {
        return HttpReply.error(503, ErrorCode.TOO_MANY, "Too many connections. Try again later.");
    }

    @Override
    public boolean canReceive() {
        return true;
    }

    /// A client that has closed its half after the request still waits for the reply.
    @Override
    public void onInputEnd(boolean broken) {
        if (broken || isReading()) {
            connection.close();
        }
    }

    @Override
    public void onAllSent() {
        exchange.onReplyDone();
        connection.linger();
    }

    @Override
    public void checkTimeouts(long now) {
        if (isReading() && now - acceptedAt > context.limits().handshakeWithin().toNanos()) {
            refuseAfterPendingReads();
        } else if (connection.writer().isStuck(context.limits().stuckAfter().toNanos())) {
            context.meter().onStuck();
            connection.close();
        }
    }

    /// The deadline is over. If the loop was busy meanwhile, a request that came in time may still
    /// be in the socket's buffer, so that the client is refused only when nothing is left to read.
    private void refuseAfterPendingReads() {
        long before = reads;
        connection.post(() -> {
            if (reads > before) {
                refuseAfterPendingReads();
            } else {
                refuse(HttpReply.error(408, ErrorCode.TOO_SLOW, "The request took too long."));
            }
        });
    }

    @Override
    public void reject() {
        refuse(tooMany());
    }

    @Override
    public void shutDown(int code, String reason) {
        if (isReading()) {
            connection.close();
        }
    }

    @Override
    public void fail() {
        connection.close();
    }

    @Override
    public void onClosed() {
        release();
        exchange.onReplyDone();
    }
}
