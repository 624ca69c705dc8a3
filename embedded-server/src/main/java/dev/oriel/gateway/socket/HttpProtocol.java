package dev.oriel.gateway.socket;

import dev.oriel.dialect.HttpReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads one request, which is answered, or upgrades the connection.
final class HttpProtocol implements Protocol {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final Setting setting;
    private final long began;
    private final RequestReader reader;
    private final AtomicLong charged = new AtomicLong();
    private @Nullable HttpHead head; // the loop's thread alone
    private volatile boolean answering; // written by the loop's thread

    HttpProtocol(Connection connection, Setting setting, long began) {
        this.connection = connection;
        this.setting = setting;
        this.began = began;
        this.reader = new RequestReader(setting.limits().maxHead());
    }

    @Override
    public void received(ByteBuffer in) {
        if (answering) {
            return; // nobody has a use for more than one request
        }
        try {
            HttpHead known = head;
            if (known != null) {
                readBody(known, in);
                return;
            }
            HttpHead read = reader.head(in);
            if (read != null) {
                head = read;
                begin(read, in);
            }
        } catch (RequestReader.Refused e) {
            refuse(e.reply());
        }
    }

    private void begin(HttpHead read, ByteBuffer in) throws RequestReader.Refused {
        HttpReply refusal = setting.front().refusal(read);
        if (refusal != null) {
            refuse(refusal);
        } else if (read.isUpgrade()
                && (!read.isWholeUpgrade() || read.offersNoSubprotocolThatIsOne())) {
            refuse(
                    HttpReply.error(400, "bad_request", "This is not a WebSocket upgrade.")
                            .with("Sec-WebSocket-Version", "13"));
        } else if (setting.front().knows(read) && !connection.admit()) {
            setting.meter().refused();
            refuse(tooMany());
        } else if (read.isUpgrade()) {
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
        if (!setting.budget().take(bytes)) {
            return false;
        }
        charged.addAndGet(bytes);
        if (connection.hasEnded()) {
            giveBack();
        }
        return true;
    }

    private void giveBack() {
        setting.budget().give(charged.getAndSet(0));
    }

    private void readBody(HttpHead read, ByteBuffer in) {
        if (!charge(in.remaining())) {
            setting.meter().refused();
            refuse(tooMany());
            return;
        }
        byte[] body = reader.body(in);
        if (body != null) {
            answering = true;
            setting.front().handle(connection, read, body);
        }
    }

    /// Answers a request that may still be arriving.
    private void refuse(HttpReply reply) {
        answering = true;
        connection.answer(reply);
    }

    private static HttpReply tooMany() {
        return HttpReply.error(503, "too_many", "Too many connections. Try again later.");
    }

    @Override
    public boolean mayTake() {
        return true;
    }

    /// A client that has asked and ends its half still waits for the answer.
    @Override
    public void inputEnds(boolean broken) {
        if (broken || !answering) {
            connection.end();
        }
    }

    @Override
    public void sent() {
        connection.linger();
    }

    @Override
    public void sweep(long now) {
        if (!answering && now - began > setting.limits().handshakeWithin().toNanos()) {
            refuse(HttpReply.error(408, "too_slow", "The request took too long."));
        } else if (connection.outbox().isStuck(setting.limits().stuckAfter().toNanos())) {
            setting.meter().stuck();
            connection.end();
        }
    }

    @Override
    public boolean isBeingAnswered() {
        return answering;
    }

    @Override
    public void turnAway() {
        if (!answering) {
            connection.answer(tooMany());
        }
    }

    @Override
    public void shut(int code, String reason) {
        if (!answering) {
            connection.end();
        }
    }

    @Override
    public void fail() {
        connection.end();
    }

    @Override
    public void ended() {
        giveBack(); // whoever answers finds out when it has the answer
    }
}
