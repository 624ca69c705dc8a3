package dev.oriel.testing.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.await.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/// A client of the native wire that records all received frames.
public final class NativeClient implements AutoCloseable {
    private static final Duration PATIENCE = Patience.LIMIT;

    private final Socket socket;

    /// The close code and reason of a connection.
    public record Closed(int code, String reason) {}

    private NativeClient(Socket socket) {
        this.socket = socket;
    }

    /// Connects, or fails with the server's reply.
    ///
    /// @param headers `Name: value`
    public static NativeClient connect(int port, String path, String... headers) {
        var socket = new Socket(URI.create("ws://127.0.0.1:" + port + path));
        for (String header : headers) {
            int colon = header.indexOf(':');
            socket.addHeader(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        socket.connect();
        try {
            socket.opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return new NativeClient(socket);
    }

    public void send(String frame) {
        socket.send(frame);
    }

    public void send(byte[] binary) {
        socket.send(binary);
    }

    /// Sends a prompt with a new uuid.
    public UUID sendPrompt(String text) {
        return sendPrompt(UUID.randomUUID(), text);
    }

    public UUID sendPrompt(UUID uuid, String text) {
        var frame = Json.object().put("type", "user").put("uuid", uuid.toString());
        frame.putObject("message").put("role", "user").put("content", text);
        send(frame.toString());
        return uuid;
    }

    /// Sends a control request with its subtype as id.
    public void sendRequest(String subtype, Map<String, ?> members) {
        var frame = Json.object().put("type", "control_request").put("request_id", subtype);
        var request = frame.putObject("request").put("subtype", subtype);
        members.forEach((k, v) -> request.set(k, Json.mapper().valueToTree(v)));
        send(frame.toString());
    }

    /// Sends the decision on an ask.
    public void sendDecision(String requestId, String decisionJson) {
        send(
                ("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                                + "\"request_id\":\"%s\",\"response\":%s}}")
                        .formatted(requestId, decisionJson));
    }

    /// Defines a tool and waits for the reply.
    ///
    /// @param toolJson the inner object
    public JsonNode defineTool(String toolJson) {
        long before = count("tool_defined");
        send("{\"type\":\"define_tool\",\"tool\":" + toolJson + "}");
        await(f -> count("tool_defined") > before, "tool_defined");
        return frames().stream()
                .filter(f -> "tool_defined".equals(f.path("type").asText()))
                .toList()
                .getLast();
    }

    /// Sends the output of a call received as a `tool_call` frame.
    public void sendToolOutput(JsonNode call, String outputJson) {
        send(
                "{\"type\":\"tool_output\",\"call_id\":%s,\"output\":%s}"
                        .formatted(call.at("/data/call_id"), outputJson));
    }

    private long count(String type) {
        return frames().stream().filter(f -> type.equals(f.path("type").asText())).count();
    }

    /// All frames so far.
    public List<JsonNode> frames() {
        return socket.frames;
    }

    /// The texts of all frames so far.
    public List<String> texts() {
        return socket.texts;
    }

    /// Waits for the first frame of a type.
    public JsonNode await(String type) {
        return await(f -> type.equals(f.path("type").asText()), type);
    }

    /// Waits for the first frame of a type and subtype.
    public JsonNode await(String type, String subtype) {
        return await(
                f ->
                        type.equals(f.path("type").asText())
                                && subtype.equals(f.path("subtype").asText()),
                type + "/" + subtype);
    }

    /// Waits for a state of the session and returns the session object of the last frame that
    /// contains it.
    public JsonNode awaitState(String state) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> state.equals(lastSession().path("state").asText()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no state " + state + " in " + texts(), e);
        }
        return lastSession();
    }

    private JsonNode lastSession() {
        return frames().reversed().stream()
                .filter(f -> "oriel_session".equals(f.path("subtype").asText()))
                .findFirst()
                .map(f -> f.path("session"))
                .orElse(Json.object());
    }

    public JsonNode await(Predicate<JsonNode> which, String what) {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> frames().stream().anyMatch(which));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no " + what + " in " + texts(), e);
        }
        return frames().stream().filter(which).findFirst().orElseThrow();
    }

    /// The frames with a seq.
    public List<JsonNode> journaled() {
        return frames().stream().filter(f -> f.has("seq")).toList();
    }

    public List<Long> seqs() {
        return journaled().stream().map(f -> f.path("seq").asLong()).toList();
    }

    /// Waits until the connection is closed and returns its close code and reason.
    public Closed awaitClosed() {
        try {
            return socket.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("not closed", e);
        }
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        socket.close();
    }

    private static final class Socket extends WebSocketClient {
        private final CompletableFuture<Void> opened = new CompletableFuture<>();
        private final CompletableFuture<Closed> closed = new CompletableFuture<>();
        private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        private final List<String> texts = new CopyOnWriteArrayList<>();

        Socket(URI uri) {
            super(uri);
            setTcpNoDelay(true);
            setDaemon(true);
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            opened.complete(null);
        }

        @Override
        public void onMessage(String text) {
            try {
                texts.add(text);
                frames.add(Json.mapper().readTree(text));
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + text, e);
            }
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            opened.completeExceptionally(new IOException("refused: " + code + " " + reason));
            closed.complete(new Closed(code, reason));
        }

        @Override
        public void onError(Exception e) {
            opened.completeExceptionally(e);
        }
    }
}
