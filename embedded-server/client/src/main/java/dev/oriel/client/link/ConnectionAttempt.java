package dev.oriel.client.link;

import dev.oriel.message.CloseCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One WebSocket, from the attempt to open it to its end.
///
/// The callbacks of the socket come on a thread of the HTTP client; they only copy and post to the
/// lane. All else, and all fields but [#parts], is confined to the lane.
final class ConnectionAttempt implements WebSocket.Listener {
    /// How many frames may be on their way to the lane.
    private static final long WINDOW = 64;

    private static final int KEPT_BUFFER = 1 << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /// What happens to the connection. Called on the lane; after [#drop()] no more.
    interface Events {
        void onOpen(String credential);

        /// @return null once the frame is processed, or a stage that completes then; the next frame
        ///   is read after it
        @Nullable CompletionStage<?> onFrame(String text);

        /// The connection, or the attempt at one, ended. The last event.
        ///
        /// @param code 1006 if there was no close frame
        void onEnd(DisconnectReason usual, int code, String reason);
    }

    private final LinkContext context;
    private final Events events;

    /// The parts of a frame so far. Used by the socket's callbacks only, which come one by one.
    private final StringBuilder parts = new StringBuilder();

    /// The path of the connection, for the log.
    private String channel = "";

    /// Null until the socket is open.
    private @Nullable WebSocket socket;

    /// Null until the socket is open.
    private @Nullable Heartbeat heartbeat;

    /// Completes when the frames that were sent so far are written: the JDK's socket accepts one
    /// frame at a time.
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    /// Set for good by [#drop()] and by the end of the connection.
    private boolean ended;

    ConnectionAttempt(LinkContext context, Events events) {
        this.context = context;
        this.events = events;
    }

    /// Reads the token and opens the socket. Does nothing once the client is closed.
    void connect(Function<String, URI> address) {
        CompletableFuture<String> token;
        try {
            token = CompletableFuture.supplyAsync(this::readToken, context.background());
        } catch (RejectedExecutionException _) {
            // The client was closed after it had queued this attempt.
            ended = true;
            return;
        }
        token.whenComplete((credential, failure) ->
                context.lane()
                        .execute(() -> {
                            if (failure == null) {
                                open(address, credential);
                            } else {
                                end(
                                        new DisconnectReason.Lost(
                                                "The server's token cannot be read."),
                                        CloseCode.ABNORMAL,
                                        "");
                            }
                        }));
    }

    private String readToken() {
        try {
            return context.token().token();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(Function<String, URI> address, String credential) {
        if (ended) {
            return;
        }
        URI uri = address.apply(credential);
        channel = uri.getPath();
        if (!credential.isEmpty()) {
            context.log().addSecret(credential);
        }
        context.sockets()
                .open(uri, credential, context.policy().connectTimeout(), this)
                .whenComplete((opened, failure) ->
                        context.lane()
                                .execute(() -> {
                                    if (failure == null) {
                                        onOpened(opened, credential);
                                    } else {
                                        end(
                                                DisconnectReason.fromFailedAttempt(failure),
                                                CloseCode.ABNORMAL,
                                                "");
                                    }
                                }));
    }

    private void onOpened(WebSocket opened, String credential) {
        socket = opened;
        if (ended) {
            close(opened);
            return;
        }
        heartbeat =
                new Heartbeat(
                        context.lane(),
                        context.policy().pingInterval(),
                        () -> opened.sendPing(ByteBuffer.allocate(0)),
                        this::onSilent);
        context.log().appendNote(channel, "open");
        events.onOpen(credential);
        opened.request(WINDOW);
    }

    private void onSilent() {
        end(new DisconnectReason.Lost("The server stopped answering."), CloseCode.ABNORMAL, "");
    }

    /// Requests no frame yet: that is done once the lane knows of the socket.
    @Override
    public void onOpen(WebSocket opened) {}

    @Override
    public @Nullable CompletableFuture<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (!last) {
            from.request(1);
            return null;
        }
        String text = parts.toString();
        parts.setLength(0);
        if (parts.capacity() > KEPT_BUFFER) {
            parts.trimToSize();
        }
        context.lane().execute(() -> onFrame(from, text));
        return null;
    }

    private void onFrame(WebSocket from, String text) {
        if (ended) {
            return;
        }
        CompletionStage<?> processed = null;
        try {
            context.log().appendReceived(channel, text);
            processed = events.onFrame(text);
        } finally {
            if (processed == null) {
                from.request(1);
            } else {
                processed.whenComplete((_, _) -> from.request(1));
            }
        }
    }

    @Override
    public @Nullable CompletableFuture<?> onPong(WebSocket from, ByteBuffer message) {
        context.lane()
                .execute(() -> {
                    if (heartbeat != null) {
                        heartbeat.onPong();
                    }
                });
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletableFuture<?> onClose(WebSocket from, int code, String reason) {
        context.lane().execute(() -> end(DisconnectReason.fromCloseCode(code), code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        context.lane()
                .execute(() -> end(DisconnectReason.fromFailure(error), CloseCode.ABNORMAL, ""));
    }

    private void end(DisconnectReason usual, int code, String reason) {
        if (!ended) {
            drop();
            context.log()
                    .appendNote(
                            channel,
                            code == CloseCode.ABNORMAL
                                    ? usual.description()
                                    : "closed with "
                                            + code
                                            + (reason.isEmpty() ? "" : ": " + reason));
            events.onEnd(usual, code, reason);
        }
    }

    /// Pings; the answer must come soon. Does nothing if the socket is not open.
    void check() {
        if (heartbeat != null) {
            heartbeat.check();
        }
    }

    /// Sends a frame if the socket is open, and drops it if not.
    void send(String text) {
        WebSocket open = socket;
        if (open != null) {
            context.log().appendSent(channel, text);
            sending = sending.handle((_, _) -> null).thenCompose(_ -> open.sendText(text, true));
        }
    }

    /// Closes the socket, now or when it is open. No event follows.
    void drop() {
        ended = true;
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (socket != null) {
            close(socket);
        }
    }

    private static void close(WebSocket open) {
        open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> open.abort());
    }
}
