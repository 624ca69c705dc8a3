package dev.oriel.gateway;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.HttpReply;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.core5.http.HttpException;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketListener;
import org.java_websocket.drafts.Draft;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/// A connection before and after it is known what it is: it reads the head of the first request
/// itself, and becomes a plain HTTP answer or, handing all it has read to the library, a WebSocket.
final class Connection extends WebSocketImpl {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    final Instant since = Instant.now();
    private final Front front;
    private @Nullable Inbox inbox;
    private @Nullable Outbox outbox;
    private byte[] read = new byte[0];
    private @Nullable HttpHead head;
    private int bodyFrom;
    private Stage stage = Stage.HEAD;
    private @Nullable DialectConnection dialect;
    private volatile String description = "";

    private enum Stage {
        HEAD,
        BODY,
        ANSWERED,
        WEBSOCKET
    }

    /// What decides on requests.
    interface Front {
        Limits limits();

        /// Why a request is refused before anything else is looked at, or null.
        @Nullable HttpReply refusal(HttpHead head);

        /// Answers later, with [Connection#answer].
        void handle(Connection connection, HttpHead head, byte[] body);

        /// Ends a connection a moment later.
        void endSoon(Connection connection);
    }

    Connection(WebSocketListener listener, List<Draft> drafts, Front front) {
        super(listener, drafts);
        this.front = front;
    }

    Outbox attach(SocketChannel socket, SelectionKey key, Consumer<Runnable> soon, Runnable gone) {
        inbox = new Inbox(socket, key);
        outbox =
                new Outbox(
                        socket,
                        inbox,
                        () -> getWebSocketListener().onWriteDemand(this),
                        soon,
                        gone);
        return outbox;
    }

    /// Tells the selector again that a close frame waits to be written: it may have turned back to
    /// reading right after it was told, as [Outbox] knows too.
    ///
    /// @return whether it still waits
    boolean urgeClosing() {
        boolean waits = isFlushAndClose() && !isClosed();
        if (waits) {
            getWebSocketListener().onWriteDemand(this);
        }
        return waits;
    }

    private Inbox inbox() {
        if (inbox == null) {
            throw new IllegalStateException("not connected");
        }
        return inbox;
    }

    Outbox outbox() {
        if (outbox == null) {
            throw new IllegalStateException("not connected");
        }
        return outbox;
    }

    /// The request that led here.
    HttpHead head() {
        if (head == null) {
            throw new IllegalStateException("no request yet");
        }
        return head;
    }

    /// Whether the client is still busy with its first request.
    boolean isBeginning() {
        return stage == Stage.HEAD || stage == Stage.BODY;
    }

    void speak(DialectConnection with) {
        dialect = with;
    }

    @Nullable DialectConnection dialect() {
        return dialect;
    }

    /// The client's address without its port; empty if the client is gone.
    String address() {
        InetSocketAddress remote = getRemoteSocketAddress();
        return remote == null ? "" : remote.getAddress().getHostAddress();
    }

    void describe(String what) {
        description = what;
    }

    String description() {
        return description;
    }

    @Override
    public void decode(ByteBuffer bytes) {
        int count = bytes.remaining();
        try {
            decodeOn(bytes);
        } finally {
            inbox().decoded(count);
        }
    }

    private void decodeOn(ByteBuffer bytes) {
        if (stage == Stage.WEBSOCKET) {
            super.decode(bytes);
        } else if (stage != Stage.ANSWERED) {
            int before = read.length;
            read = Arrays.copyOf(read, before + bytes.remaining());
            bytes.get(read, before, read.length - before);
            readOn();
        }
    }

    private void readOn() {
        if (stage == Stage.HEAD) {
            int end = endOfHead();
            if (end < 0) {
                if (read.length > front.limits().maxHead()) {
                    answer(HttpReply.error(431, "too_large", "The request's head is too large."));
                }
                return;
            }
            if (end > front.limits().maxHead()) {
                answer(HttpReply.error(431, "too_large", "The request's head is too large."));
                return;
            }
            begin(end);
        }
        if (stage == Stage.BODY) {
            body();
        }
    }

    private void begin(int end) {
        HttpHead parsed;
        try {
            parsed = HttpHead.parse(Arrays.copyOf(read, end));
        } catch (HttpException e) {
            answer(HttpReply.error(400, "bad_request", "This is not HTTP."));
            return;
        }
        head = parsed;
        bodyFrom = end;
        HttpReply refusal = front.refusal(parsed);
        if (refusal != null) {
            answer(refusal);
        } else if (parsed.isUpgrade() && !parsed.isWholeUpgrade()) {
            // The library would answer, and then forget to close.
            answer(
                    HttpReply.error(400, "bad_request", "This is not a WebSocket upgrade.")
                            .with("Sec-WebSocket-Version", "13"));
        } else if (parsed.isUpgrade()) {
            stage = Stage.WEBSOCKET;
            byte[] all = read;
            read = new byte[0];
            super.decode(ByteBuffer.wrap(all));
        } else {
            stage = Stage.BODY;
        }
    }

    private void body() {
        if (head().header("transfer-encoding") != null) {
            answer(HttpReply.error(411, "bad_request", "Send the body with a Content-Length."));
            return;
        }
        int length = length(head().header("content-length"));
        if (length < 0) {
            answer(HttpReply.error(400, "bad_request", "The Content-Length is wrong."));
        } else if (length > front.limits().maxBody()) {
            answer(HttpReply.error(413, "too_large", "The request's body is too large."));
        } else if (read.length >= bodyFrom + length) {
            stage = Stage.ANSWERED;
            byte[] body = Arrays.copyOfRange(read, bodyFrom, bodyFrom + length);
            read = new byte[0];
            front.handle(this, head(), body);
        }
    }

    private static int length(@Nullable String contentLength) {
        if (contentLength == null) {
            return 0;
        }
        try {
            long length = Long.parseLong(contentLength);
            return (int) Math.min(length, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private int endOfHead() {
        for (int i = 0; i + END_OF_HEAD.length <= read.length; i++) {
            if (Arrays.equals(
                    read, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    /// Answers a plain HTTP request and closes behind the answer.
    void answer(HttpReply reply) {
        boolean early = isBeginning();
        stage = Stage.ANSWERED;
        read = new byte[0];
        outbox().begin();
        outbox().send(List.of(ByteBuffer.wrap(HttpBytes.of(reply))));
        outbox().whenBelow(1, early ? this::linger : this::end);
    }

    /// The client may still be sending: closing now would reset the connection, and the answer
    /// would be lost with it. So only our half ends, until the client has read it.
    private void linger() {
        outbox().endOutput();
        front.endSoon(this);
    }

    /// Closes a connection that never became a WebSocket.
    void end() {
        closeConnection(CloseFrame.NEVER_CONNECTED, "", false);
    }
}
