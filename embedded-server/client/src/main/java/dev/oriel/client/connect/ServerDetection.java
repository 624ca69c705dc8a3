package dev.oriel.client.connect;

import dev.oriel.client.ClientException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.client.compat.protocol.KindProbe;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ErrorCode;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Detects the kind of a server: by its path if that tells, otherwise by the first frame that it
/// sends. A server that sends nothing is asked for its sessions, which only the manager kind
/// understands.
public final class ServerDetection {
    private static final long SILENCE_MILLIS = 800;
    private static final long TIMEOUT_SECONDS = 8;

    /// How long further frames are awaited after one that tells nothing.
    private static final long MORE_FRAMES_SECONDS = 2;

    private static final long CLOSE_SECONDS = 2;

    private ServerDetection() {}

    /// Detects the kind of a server. Never blocks.
    ///
    /// @param server if its path does not tell, a connection is opened
    /// @param token read on a thread of its own
    /// @param transport proxy and certificates
    /// @return fails with [ClientException] if nothing answers, or no known kind of server
    public static CompletableFuture<ServerKind> detect(
            ServerAddress server, TokenSource token, Transport transport) {
        Optional<ServerKind> known = ServerKind.findByPath(String.valueOf(server.base().getPath()));
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("oriel-detection-", 0).factory());
        HttpClient http = transport.createHttpClient(threads);
        return CompletableFuture.supplyAsync(() -> read(token), threads)
                .thenCompose(credential -> probe(http, server, credential))
                .handle((kind, failure) -> {
                    http.shutdown();
                    threads.shutdown();
                    if (failure != null) {
                        throw new CompletionException(clientException(failure));
                    }
                    return kind;
                });
    }

    private static String read(TokenSource token) {
        try {
            return token.token();
        } catch (IOException e) {
            throw new CompletionException(
                    new ClientException(
                            ErrorCode.UNREACHABLE, "The server's token cannot be read.", e));
        }
    }

    private static CompletableFuture<ServerKind> probe(
            HttpClient http, ServerAddress server, String credential) {
        FirstFrameListener listener = new FirstFrameListener();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!credential.isEmpty()) {
            builder.header("Authorization", "Bearer " + credential);
        }
        return builder.buildAsync(KindProbe.address(server, credential), listener)
                .thenCompose(socket -> {
                    CompletableFuture<Void> silence =
                            new CompletableFuture<Void>()
                                    .completeOnTimeout(null, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
                    silence.thenRun(() -> {
                        if (!listener.kind.isDone()) {
                            KindProbe.frames(credential).forEach(f -> listener.send(socket, f));
                        }
                    });
                    return listener.kind
                            .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .whenComplete((_, _) -> silence.complete(null))
                            // A server with one place must free it before the next connection.
                            .thenCompose(kind -> listener.close(socket).handle((_, _) -> kind));
                });
    }

    private static ClientException clientException(Throwable failure) {
        Throwable cause = FutureFailures.unwrap(failure);
        return switch (cause) {
            case ClientException known -> known;
            case TimeoutException _ -> unknownKind();
            default ->
                    new ClientException(
                            ErrorCode.UNREACHABLE,
                            DisconnectReason.fromFailedAttempt(cause).description(),
                            cause);
        };
    }

    private static ClientException unknownKind() {
        return new ClientException(
                ErrorCode.UNKNOWN, "There is no server that Oriel knows at this address.");
    }

    /// Waits for a frame that tells the kind.
    private static final class FirstFrameListener implements WebSocket.Listener {
        private final CompletableFuture<ServerKind> kind = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        /// The parts of a frame so far. Used by the socket's callbacks only, which come one by one.
        private final StringBuilder parts = new StringBuilder();

        /// Completes when the frames that were sent so far are written. Written before the kind is
        /// known, read after it.
        private volatile CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

        void send(WebSocket socket, String frame) {
            sending = sending.thenCompose(_ -> socket.sendText(frame, true));
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                KindProbe.identify(parts.toString())
                        .ifPresentOrElse(kind::complete, this::giveUpSoon);
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        /// The first frame may be another one, such as the greeting of a proxy or a keep-alive.
        private void giveUpSoon() {
            CompletableFuture.delayedExecutor(MORE_FRAMES_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> kind.completeExceptionally(unknownKind()));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            kind.completeExceptionally(
                    code == CloseCode.POLICY_VIOLATION || code == CloseCode.NOT_AUTHORIZED
                            ? new ClientException(
                                    ErrorCode.REFUSED, "The server refused the token.")
                            : unknownKind());
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            kind.completeExceptionally(
                    new ClientException(
                            ErrorCode.UNREACHABLE,
                            DisconnectReason.fromFailure(error).description(),
                            error));
            closed.complete(null);
        }

        CompletableFuture<Void> close(WebSocket socket) {
            if (!socket.isOutputClosed()) {
                sending.handle((_, _) -> null)
                        .thenCompose(_ -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
            return closed.orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((_, _) -> socket.abort());
        }
    }
}
