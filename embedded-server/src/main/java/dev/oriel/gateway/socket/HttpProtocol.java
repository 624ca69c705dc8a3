package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.codec.HttpRequestReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads one request, which is answered, or upgrades the connection.
final class HttpProtocol implements ConnectionProtocol {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketConnection connection;
    private final ConnectionContext setting;
    private final long began;
    private final HttpRequestReader reader;
    private final AtomicLong charged = new AtomicLong();
    private @Nullable HttpRequestHead head; // the loop's thread alone
    private long reads; // the loop's thread only
    private boolean upgraded; // the loop's thread only
    private volatile boolean answering; // written by the loop's thread

    HttpProtocol(SocketConnection connection, ConnectionContext setting, long began) {
        this.connection = connection;
        this.setting = setting;
        this.began = began;
        this.reader = new HttpRequestReader(setting.limits().maxHead());
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (answering) {
            return; // nobody has a use for more than one request
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
                begin(read, in);
            }
        } catch (HttpRequestReader.RefusedRequestException e) {
            refuse(e.reply());
        }
    }

    private void begin(HttpRequestHead read, ByteBuffer in)
            throws HttpRequestReader.RefusedRequestException {
        HttpReply refusal = setting.handler().refusal(read);
        if (refusal != null) {
            refuse(refusal);
        } else if (read.isUpgrade()
                && (!read.isValidUpgrade() || read.hasOnlyInvalidSubprotocols())) {
            refuse(
                    HttpReply.error(400, "bad_request", "This is not a WebSocket upgrade.")
                            .withHeader("Sec-WebSocket-Version", "13"));
        } else if (setting.handler().isAuthenticated(read) && !connection.admit()) {
            setting.meter().onRefused();
            refuse(tooMany());
        } else if (read.isUpgrade()) {
            upgraded = true;
            new WebSocketProtocol(connection, setting, began).open(read, in);
        } else {
            int max = setting.limits().maxBody(connection.isAdmitted());
            boolean more = reader.expectBody(read, max);
            if (more && read.expectsContinue() && !in.hasRemaining()) {
                connection.outbox().send(List.of(ByteBuffer.wrap(CONTINUE)));
            }
            readBody(read, in);
        }
    }

    /// Counts what arrives of a body to what all connections may keep of such.
    ///
    /// @return whether there was as much left
    private boolean charge(int bytes) {
        if (!setting.budget().tryReserve(bytes)) {
            return false;
        }
        charged.addAndGet(bytes);
        if (connection.isClosed()) {
            giveBack();
        }
        return true;
    }

    private void giveBack() {
        setting.budget().release(charged.getAndSet(0));
    }

    private void readBody(HttpRequestHead read, ByteBuffer in) {
        if (!charge(in.remaining())) {
            setting.meter().onRefused();
            refuse(tooMany());
            return;
        }
        byte[] body = reader.readBody(in);
        if (body != null) {
            answering = true;
            setting.handler().handle(connection, read, body);
        }
    }

    /// Answers a request that may still be arriving.
    private void refuse(HttpReply reply) {
        answering = true;
        connection.reply(reply);
    }

    private static HttpReply tooMany() {
        return HttpReply.error(503, "too_many", "Too many connections. Try again later.");
    }

    @Override
    public boolean canReceive() {
        return true;
    }

    /// A client that has asked and ends its half still waits for the answer.
    @Override
    public void onInputEnd(boolean broken) {
        if (broken || !answering) {
            connection.close();
        }
    }

    @Override
    public void onAllSent() {
        connection.linger();
    }

    @Override
    public void checkTimeouts(long now) {
        if (!answering && now - began > setting.limits().handshakeWithin().toNanos()) {
            refuseUnlessReading();
        } else if (connection.outbox().isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().onStuck();
            connection.close();
        }
    }

    /// The deadline is over. If the loop was busy meanwhile, a request that came in time may still
    /// be in the socket's buffer, so that the client is refused only when nothing is left to read.
    private void refuseUnlessReading() {
        long before = reads;
        connection.post(() -> {
            if (reads > before) {
                refuseUnlessReading();
            } else if (!answering && !upgraded) {
                refuse(HttpReply.error(408, "too_slow", "The request took too long."));
            }
        });
    }

    @Override
    public boolean isReplying() {
        return answering;
    }

    @Override
    public void reject() {
        if (!answering) {
            connection.reply(tooMany());
        }
    }

    @Override
    public void shutDown(int code, String reason) {
        if (!answering) {
            connection.close();
        }
    }

    @Override
    public void fail() {
        connection.close();
    }

    @Override
    public void onClosed() {
        giveBack(); // whoever answers finds out when it has the answer
    }
}
