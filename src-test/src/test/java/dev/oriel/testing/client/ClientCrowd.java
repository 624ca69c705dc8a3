package dev.oriel.testing.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Many concurrent clients of the enhanced dialect. Each sends one query and checks that it
/// receives every message once and in order.
public final class ClientCrowd implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Member> members = new ArrayList<>();

    /// Connects all clients.
    ///
    /// @param messages the number of messages in a reply of
    ///   [dev.oriel.testing.claude.InstantClaude]
    public static ClientCrowd connect(int size, int port, String token, int messages)
            throws InterruptedException, ExecutionException, TimeoutException {
        var crowd = new ClientCrowd();
        List<CompletableFuture<WebSocket>> connecting = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            var member = new Member(messages);
            crowd.members.add(member);
            connecting.add(
                    crowd.http
                            .newWebSocketBuilder()
                            .header("Authorization", "Bearer " + token)
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + port + "/enhanced/ws"), member));
        }
        for (var each : connecting) {
            each.get(60, TimeUnit.SECONDS);
        }
        return crowd;
    }

    /// Sends all queries and waits until every client has received the end of its query.
    ///
    /// @return the missing and unexpected frames of each client; empty if there are none
    public List<String> queryAll(Path cwd, int seconds)
            throws InterruptedException, ExecutionException {
        var query = Json.object().put("type", "query").put("prompt", "go");
        query.putObject("options").put("cwd", cwd.toString());
        for (Member member : members) {
            member.sendQuery(query.toString());
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            try {
                String verdict =
                        members.get(i).verdict.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (!verdict.isEmpty()) {
                    wrong.add(i + ": " + verdict);
                }
            } catch (TimeoutException e) {
                wrong.add(i + ": no end, after " + members.get(i).received.get() + " messages");
            }
        }
        return wrong;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static final class Member implements WebSocket.Listener {
        private final int messages;
        private final CompletableFuture<String> verdict = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private final AtomicInteger received = new AtomicInteger();
        private @Nullable WebSocket socket;

        Member(int messages) {
            this.messages = messages;
        }

        void sendQuery(String query) {
            if (socket == null) {
                throw new IllegalStateException("not connected");
            }
            socket.sendText(query, true)
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            verdict.complete(failure.toString());
                        }
                    });
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                receive(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void receive(String text) {
            try {
                JsonNode frame = Json.mapper().readTree(text);
                switch (frame.path("type").asText()) {
                    case "assistant_message" -> {
                        String said = frame.at("/data/content/0/text").asText();
                        String due = "n=" + received.getAndIncrement();
                        if (!said.equals(due)) {
                            verdict.complete("heard " + said + " in place of " + due);
                        }
                    }
                    case "error", "query_cancelled" -> verdict.complete(text);
                    case "query_end" ->
                            verdict.complete(
                                    received.get() == messages
                                            ? ""
                                            : "only " + received.get() + " messages");
                    default -> {
                        // Frames around the query's messages.
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            verdict.complete("closed with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            verdict.complete(error.toString());
        }
    }
}
