package dev.oriel.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentProvider;
import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerStartException;
import dev.oriel.message.Json;
import dev.oriel.testing.client.NativeClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A real server on a free port, with its files in a folder of the test.
public final class RunningServer implements AutoCloseable {
    private final EmbeddedServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;

    private RunningServer(EmbeddedServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static RunningServer in(Path folder, AgentProvider... agents) {
        return in(folder, c -> c, agents);
    }

    public static RunningServer in(
            Path folder, UnaryOperator<ServerConfig> setUp, AgentProvider... agents) {
        try {
            ServerConfig config =
                    ServerConfig.defaults(folder.resolve("data"), List.of(agents)).withPort(0);
            return new RunningServer(EmbeddedServer.start(setUp.apply(config)), folder);
        } catch (ServerStartException e) {
            throw new IllegalStateException(e);
        }
    }

    public EmbeddedServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    /// Sends a request with the token.
    ///
    /// @param body null for none
    public HttpResponse<String> call(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        return send(
                request(method, path, body)
                        .header("Authorization", "Bearer " + server.token())
                        .build());
    }

    public HttpRequest.Builder request(String method, String path, @Nullable JsonNode body) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// Creates a session in the test's folder.
    public UUID newSession() throws IOException, InterruptedException {
        ObjectNode spec = Json.object().put("cwd", folder.toString());
        var reply = call("POST", "/v1/sessions", spec);
        if (reply.statusCode() != 201) {
            throw new IOException(reply.statusCode() + " " + reply.body());
        }
        return UUID.fromString(Json.mapper().readTree(reply.body()).path("id").asText());
    }

    /// The current session object of the server.
    public JsonNode session(UUID id) throws IOException, InterruptedException {
        return Json.mapper().readTree(call("GET", "/v1/sessions/" + id, null).body());
    }

    /// Subscribes with the token.
    ///
    /// @param after null for live messages only
    public NativeClient subscribe(UUID session, @Nullable Long after) {
        return NativeClient.connect(
                port(),
                "/v1/sessions/ws/%s/subscribe%s"
                        .formatted(session, after == null ? "" : "?after=" + after),
                "Authorization: Bearer " + server.token());
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
