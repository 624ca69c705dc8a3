package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.client.compat.EnhancedAdapter;
import dev.oriel.client.compat.ManagerAdapter;
import dev.oriel.client.compat.ProtocolAdapter;
import dev.oriel.client.compat.ProtocolEffect;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.transport.Transport;
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

/// Finds out what kind of server stands at an address: by its path where that says it, else by what
/// it says first. A server that says nothing at all is asked for its sessions, which only a session
/// manager understands.
public final class ServerDetection {
    private static final long SILENCE_MILLIS = 800;
    private static final long DEADLINE_SECONDS = 8;

    /// How long a frame that tells nothing is listened on after.
    private static final long MORE_SECONDS = 2;

    private static final long GOODBYE_SECONDS = 2;

    private ServerDetection() {}

    /// @return fails with [ClientException] if nothing answers or nobody knows what does
    public static CompletableFuture<ServerKind> detect(
            ServerAddress server, TokenSource token, Transport over) {
        Optional<ServerKind> known = ServerKind.findByPath(String.valueOf(server.base().getPath()));
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("oriel-detection-", 0).factory());
        HttpClient http = over.createHttpClient(threads);
        return CompletableFuture.supplyAsync(() -> credential(token), threads)
                .thenCompose(credential -> listen(http, server, credential))
                .handle((kind, failure) -> {
                    http.shutdown();
                    threads.shutdown();
                    if (failure != null) {
                        throw new CompletionException(sentence(failure));
                    }
                    return kind;
                });
    }

    private static String credential(TokenSource token) {
        try {
            return token.token();
        } catch (IOException e) {
            throw new CompletionException(
                    new ClientException("unreachable", "The server's token cannot be read.", e));
        }
    }

    private static CompletableFuture<ServerKind> listen(
            HttpClient http, ServerAddress server, String credential) {
        FirstFrameListener ear = new FirstFrameListener();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (!credential.isEmpty()) {
            builder.header("Authorization", "Bearer " + credential);
        }
        CompletableFuture<WebSocket> socket =
                builder.buildAsync(new EnhancedAdapter().address(server, credential), ear);
        return socket.thenCompose(open -> {
            CompletableFuture<Void> silence =
                    new CompletableFuture<Void>()
                            .completeOnTimeout(null, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
            silence.thenRun(() -> {
                if (!ear.kind.isDone()) {
                    for (ProtocolEffect e : new ManagerAdapter().onOpen(credential)) {
                        if (e instanceof ProtocolEffect.Send(String frame)) {
                            ear.sending = ear.sending.thenCompose(_ -> open.sendText(frame, true));
                        }
                    }
                }
            });
            return ear.kind
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((_, _) -> silence.complete(null))
                    // A server that lets one in at a time has to see us go first.
                    .thenCompose(kind -> ear.goodbye(open).handle((_, _) -> kind));
        });
    }

    private static ClientException sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case ClientException told -> told;
            case TimeoutException _ -> unknown(null);
            default ->
                    new ClientException(
                            "unreachable",
                            DisconnectReason.fromFailedAttempt(cause).description(),
                            cause);
        };
    }

    private static ClientException unknown(@Nullable Throwable cause) {
        String words = "What answers there is no server that Oriel knows.";
        return cause == null
                ? new ClientException("unknown", words)
                : new ClientException("unknown", words, cause);
    }

    /// What a first frame says about who sends it.
    static Optional<ServerKind> ofFrame(String frame) {
        ObjectNode first = ProtocolAdapter.object(frame);
        if (first == null) {
            return Optional.empty();
        }
        return switch (first.path("type").asText()) {
            case "connection_established" -> Optional.of(ServerKind.ENHANCED);
            case "connected" -> Optional.of(ServerKind.RELAY);
            case "connection_status" -> Optional.of(ServerKind.ONESHOT);
            case "auth_success", "sessions_list" -> Optional.of(ServerKind.MANAGER);
            case "error" ->
                    first.path("error").isTextual()
                            ? Optional.of(ServerKind.RELAY)
                            : Optional.of(ServerKind.MANAGER);
            default -> first.has("info") ? Optional.of(ServerKind.ONESHOT) : Optional.empty();
        };
    }

    private static final class FirstFrameListener implements WebSocket.Listener {
        final CompletableFuture<ServerKind> kind = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();
        private volatile CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                ofFrame(parts.toString()).ifPresentOrElse(kind::complete, this::giveUpSoon);
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        /// A server may say something of its own first, as a proxy's greeting or a sign of life.
        private void giveUpSoon() {
            CompletableFuture.delayedExecutor(MORE_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> kind.completeExceptionally(unknown(null)));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            kind.completeExceptionally(
                    code == 1008 || code == 4003
                            ? new ClientException("refused", "The server refused the token.")
                            : unknown(null));
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            kind.completeExceptionally(
                    new ClientException(
                            "unreachable",
                            DisconnectReason.fromFailure(error).description(),
                            error));
            closed.complete(null);
        }

        CompletableFuture<Void> goodbye(WebSocket open) {
            if (!open.isOutputClosed()) {
                sending.handle((_, _) -> null)
                        .thenCompose(_ -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
            return closed.orTimeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((_, _) -> open.abort());
        }
    }
}
