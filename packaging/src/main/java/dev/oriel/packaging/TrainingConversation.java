package dev.oriel.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The first steps of a user, over the native wire of a running server: sessions and the answers to
/// prompts.
final class TrainingConversation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 300;

    private final HttpClient http;
    private final String server;
    private final String token;

    /// @param server `http://HOST:PORT`
    TrainingConversation(HttpClient http, String server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    /// @param agent the kind of agent
    /// @param folder the session's
    String createSession(String agent, Path folder) throws IOException, InterruptedException {
        String body =
                JSON.createObjectNode()
                        .put("agent", agent)
                        .put("cwd", folder.toString())
                        .toString();
        String reply = call("POST", "/v1/sessions", body);
        return JSON.readTree(reply).required("id").textValue();
    }

    /// Sends a prompt and waits for the end of the turn.
    void sendPrompt(String session, String prompt) throws InterruptedException {
        var finished = new CompletableFuture<Boolean>();
        WebSocket socket =
                http.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + token)
                        .buildAsync(
                                URI.create(
                                        server.replace("http://", "ws://")
                                                + "/v1/sessions/ws/"
                                                + session
                                                + "/subscribe"),
                                new ResultListener(finished))
                        .join();
        String frame =
                "{\"type\":\"user\",\"uuid\":\"%s\",\"message\":{\"role\":\"user\",\"content\":\"%s\"}}"
                        .formatted(UUID.randomUUID(), prompt);
        socket.sendText(frame, true).join();
        finished.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /// Requests everything that a window shows.
    void readAll(String session) throws IOException, InterruptedException {
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

    /// Waits for the `result` and allows every tool that the agent asks for.
    private static final class ResultListener implements WebSocket.Listener {
        private final CompletableFuture<Boolean> finished;
        private final StringBuilder frame = new StringBuilder();

        ResultListener(CompletableFuture<Boolean> finished) {
            this.finished = finished;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                String text = frame.toString();
                frame.setLength(0);
                receive(socket, text);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void receive(WebSocket socket, String text) {
            try {
                JsonNode message = JSON.readTree(text);
                switch (message.path("type").asText()) {
                    case "result" -> finished.complete(true);
                    case "control_request" ->
                            allow(socket, message.required("request_id").textValue());
                    default -> {}
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                finished.completeExceptionally(e);
            }
        }

        private static void allow(WebSocket socket, String requestId) {
            socket.sendText(
                    """
                    {"type":"control_response","response":{"subtype":"success","request_id":"%s",\
                    "response":{"behavior":"allow"}}}\
                    """
                            .formatted(requestId),
                    true);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            finished.completeExceptionally(error);
        }
    }
}
