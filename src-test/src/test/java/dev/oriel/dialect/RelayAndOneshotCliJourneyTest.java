package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.NativeClient.Closed;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The relay and oneshot dialects with the real claude CLI and a fake API.
@Timeout(120)
class RelayAndOneshotCliJourneyTest {
    private @TempDir Path folder;
    private Path project;
    private FakeMessagesApi api;
    private ClaudeCli cli;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        project = Files.createDirectories(folder.resolve("project"));
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        server =
                RunningServer.in(
                        folder,
                        c ->
                                ServerSetUp.withoutToken()
                                        .apply(c)
                                        .withDialects(
                                                DialectSettings.defaults()
                                                        .withWorkFolder(
                                                                new WorkFolder(project, Map.of()))),
                        cli);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
            cli.close();
            api.close();
        }
    }

    private NativeClient relay(String text) {
        NativeClient client = NativeClient.connect(server.port(), "/relay/ws");
        client.await("connected");
        client.send(
                ("{\"type\":\"user_message\",\"data\":{\"type\":\"user\",\"session_id\":\"\","
                                + "\"message\":{\"role\":\"user\",\"content\":\"%s\"}}}")
                        .formatted(text));
        return client;
    }

    private static JsonNode result(NativeClient client) {
        return client.await(
                        f -> f.at("/data/type").asText().equals("result"), "sdk_message of result")
                .path("data");
    }

    @Test
    void passesTheConfigurationToTheApiAndRunsAnAllowedTool() throws Exception {
        Path file = Files.writeString(project.resolve("oriel.txt"), "three panes");
        var config =
                Json.object()
                        .put("anthropicApiKey", "sk-ant-posted")
                        .put("systemPrompt", "You are a parrot.")
                        .put("cwd", project.toString());
        config.putArray("allowedTools").add("Read");
        config.putObject("agents")
                .putObject("tester")
                .put("description", "Runs all the tests")
                .put("prompt", "You test.");
        server.call("POST", "/relay/config", config);
        api.enqueue(
                FakeReply.toolUse("Read", "{\"file_path\":\"" + file + "\"}"),
                FakeReply.text("It has ", "three panes."));
        NativeClient client = relay("What is in oriel.txt?");
        assertThat(result(client).path("is_error").asBoolean()).isFalse();
        assertThat(client.texts())
                .anyMatch(t -> t.contains("tool_result") && t.contains("three panes"))
                .anyMatch(t -> t.contains("It has three panes."))
                .noneMatch(t -> t.contains("stream_event") || t.contains("session_state_changed"))
                .noneMatch(t -> t.contains("What is in oriel.txt?"));
        assertThat(api.requests())
                .anySatisfy(r -> {
                    assertThat(r.key()).isEqualTo("sk-ant-posted");
                    assertThat(r.body().path("system").toString()).contains("You are a parrot.");
                    assertThat(r.body().toString()).contains("Runs all the tests");
                });
    }

    @Test
    void deniesAToolThatIsNotAllowed() throws Exception {
        server.call("POST", "/relay/config", Json.object().put("cwd", project.toString()));
        api.enqueue(
                FakeReply.toolUse("Bash", "{\"command\":\"touch made\",\"description\":\"make\"}"),
                FakeReply.text("I may not."));
        NativeClient client = relay("Make it");
        result(client);
        assertThat(client.texts()).anyMatch(t -> t.contains("nobody is connected to Oriel"));
        assertThat(project.resolve("made")).doesNotExist();
    }

    @Test
    void closesAOneshotConnectionByTheOutcome() {
        api.enqueue(FakeReply.text("Hello ", "there"));
        NativeClient client = NativeClient.connect(server.port(), "/ws/claude");
        client.send("{\"prompt\":\"Say hello\",\"meta\":\"TASK-7\"}");
        assertThat(client.awaitClosed()).isEqualTo(new Closed(1000, ""));
        assertThat(api.requests())
                .anyMatch(r -> r.lastUserText().contains("Say hello\\n\\n[meta:TASK-7]"));
        assertThat(client.texts())
                .anyMatch(t -> t.contains("Hello there"))
                .noneMatch(t -> t.contains("stream_event"));
        assertThat(client.frames().getLast().path("type").asText()).isEqualTo("result");

        api.replyTo(r -> FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
        NativeClient failed = NativeClient.connect(server.port(), "/ws/claude");
        failed.send("{\"prompt\":\"Say hello\"}");
        assertThat(failed.awaitClosed()).isEqualTo(new Closed(1011, ""));
    }
}
