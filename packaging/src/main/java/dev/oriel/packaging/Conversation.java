package dev.oriel.packaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a person would do first, done to a running server over its native wire: the demo agent is
/// asked something, and answers.
final class Conversation {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern REQUEST = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final long PATIENCE_SECONDS = 300;

    private final HttpClient http;
    private final String server;
    private final String token;

    /// @param server `http://HOST:PORT`
    Conversation(HttpClient http, String server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    String newSession() throws IOException, InterruptedException {
        String reply = call("POST", "/v1/sessions", "{\"agent\":\"demo\"}");
        Matcher id = ID.matcher(reply);
        if (!id.find()) {
            throw new IOException("no session: " + reply);
        }
        return id.group(1);
    }

    /// Sends a prompt and waits for the end of the answer.
    void ask(String session, String prompt) throws InterruptedException {
        var over = new CompletableFuture<Boolean>();
        WebSocket socket =
                http.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + token)
                        .buildAsync(
                                URI.create(
                                        server.replace("http://", "ws://")
                                                + "/v1/sessions/ws/"
                                                + session
                                                + "/subscribe"),
                                new Ears(over))
                        .join();
        String frame =
                "{\"type\":\"user\",\"uuid\":\"%s\",\"message\":{\"role\":\"user\",\"content\":\"%s\"}}"
                        .formatted(UUID.randomUUID(), prompt);
        socket.sendText(frame, true).join();
        over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /// Looks at everything that has been said, as a window does.
    void look(String session) throws IOException, InterruptedException {
        call("GET", "/v1/agents", "");
        call("GET", "/v1/sessions", "");
        call("GET", "/v1/sessions/" + session + "/messages", "");
        call("GET", "/v1/search?q=demo", "");
        call("GET", "/metrics", "");
    }

    private String call(String method, String path, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var reply = http.send(request, BodyHandlers.ofString());
        if (reply.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " got " + reply.statusCode());
        }
        return reply.body();
    }

    /// Waits for the `result`, and allows what is asked on the way.
    private static final class Ears implements WebSocket.Listener {
        private final CompletableFuture<Boolean> over;
        private final StringBuilder frame = new StringBuilder();

        Ears(CompletableFuture<Boolean> over) {
            this.over = over;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                String text = frame.toString();
                frame.setLength(0);
                if (text.contains("\"type\":\"result\"")) {
                    over.complete(true);
                } else if (text.contains("\"type\":\"control_request\"")) {
                    allow(socket, text);
                }
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private static void allow(WebSocket socket, String ask) {
            Matcher id = REQUEST.matcher(ask);
            if (id.find()) {
                socket.sendText(
                        """
                        {"type":"control_response","response":{"subtype":"success","request_id":"%s",\
                        "response":{"behavior":"allow"}}}\
                        """
                                .formatted(id.group(1)),
                        true);
            }
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over.completeExceptionally(error);
        }
    }
}
