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

/// A real server, a scripted agent and clients of this dialect.
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

    /// A client that is let in, its first frame read.
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

    /// Asks in the test's folder.
    void ask(NativeClient client, String prompt) {
        ask(client, prompt, Json.object());
    }

    void ask(NativeClient client, String prompt, ObjectNode options) {
        if (!options.has("cwd")) {
            options.put("cwd", folder.toString());
        }
        client.send(query(prompt).set("options", options).toString());
    }

    static void send(NativeClient client, String type) {
        client.send("{\"type\":\"" + type + "\"}");
    }

    /// The nth frame of a type (from 1), waited for.
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

    /// Makes sure that the server has seen all that was sent before.
    static void settle(NativeClient client) {
        int pongs = of(client, "pong").size();
        send(client, "ping");
        nth(client, pongs + 1, "pong");
    }

    static String error(JsonNode frame) {
        assertThat(frame.path("type").asText()).isEqualTo("error");
        return frame.path("data").path("error").asText();
    }

    /// A whole turn of one text.
    static void answers(ScriptedAgent agent, String text) {
        agent.emitInit();
        agent.emitText(text);
        agent.emitResult();
    }
}
