package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentProvider;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Base class of tests with a real server, a scripted agent and clients of the enhanced dialect.
abstract class EnhancedServerFixture {
    @TempDir Path folder;
    final ScriptedProvider agents = new ScriptedProvider();
    private final List<AutoCloseable> open = new ArrayList<>();

    RunningServer start(UnaryOperator<ServerConfig> setUp) {
        return start(setUp, agents);
    }

    RunningServer start(UnaryOperator<ServerConfig> setUp, AgentProvider provider) {
        var server = RunningServer.in(folder, setUp, provider);
        open.addFirst(server);
        return server;
    }

    /// A client that is logged in and has received its first frame.
    NativeClient connect(RunningServer server) {
        NativeClient client = connect(server, "/enhanced/ws");
        client.await("connection_established");
        return client;
    }

    NativeClient connect(RunningServer server, String path) {
        NativeClient client =
                NativeClient.connect(
                        server.port(), path, "Authorization: Bearer " + server.server().token());
        open.addFirst(client);
        return client;
    }

    <T extends AutoCloseable> T closing(T what) {
        open.addFirst(what);
        return what;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    ObjectNode query(String prompt) {
        return Json.object().put("type", "query").put("prompt", prompt);
    }

    /// Sends a query for the test's folder.
    void sendQuery(NativeClient client, String prompt) {
        sendQuery(client, prompt, Json.object());
    }

    void sendQuery(NativeClient client, String prompt, ObjectNode options) {
        if (!options.has("cwd")) {
            options.put("cwd", folder.toString());
        }
        client.send(query(prompt).set("options", options).toString());
    }

    static void send(NativeClient client, String type) {
        client.send("{\"type\":\"" + type + "\"}");
    }

    /// Waits for the nth frame of a type, counted from 1.
    static JsonNode nth(NativeClient client, int n, String type) {
        Awaitility.await(n + ". " + type + " in " + client.texts())
                .until(() -> of(client, type).size() >= n);
        return of(client, type).get(n - 1);
    }

    static List<JsonNode> of(NativeClient client, String type) {
        return client.frames().stream().filter(f -> type.equals(f.path("type").asText())).toList();
    }

    static List<String> types(NativeClient client) {
        return client.frames().stream().map(f -> f.path("type").asText()).toList();
    }

    /// Waits until the server has handled all frames sent before.
    static void awaitHandled(NativeClient client) {
        int pongs = of(client, "pong").size();
        send(client, "ping");
        nth(client, pongs + 1, "pong");
    }

    static String errorOf(JsonNode frame) {
        assertThat(frame.path("type").asText()).isEqualTo("error");
        return frame.path("data").path("error").asText();
    }

    /// Emits a complete turn with one text.
    static void emitTurn(ScriptedAgent agent, String text) {
        agent.emitInit();
        agent.emitText(text);
        agent.emitResult();
    }
}
