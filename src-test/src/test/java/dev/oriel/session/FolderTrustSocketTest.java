package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a folder would have the CLI run is not loaded before the owner trusts the folder.
class FolderTrustSocketTest {
    private static final String RESTRICTED = "--setting-sources=user";

    @TempDir Path folder;
    private Path project;
    private FakeClaude fake;
    private ClaudeCli cli;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        project = Files.createDirectories(folder.resolve("project"));
        fake = FakeClaude.in(Files.createDirectories(folder.resolve("fake"))).install();
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()));
        server = RunningServer.in(folder, cli);
    }

    @AfterEach
    void stop() {
        server.close();
        cli.close();
    }

    private void hook(String command) throws Exception {
        Files.createDirectories(project.resolve(".claude"));
        Files.writeString(
                project.resolve(".claude/settings.json"),
                ("{\"model\":\"opus\",\"hooks\":{\"SessionStart\":[{\"hooks\":[{\"type\":\"command\""
                     + ",\"command\":\"%s\"}]}]}}")
                        .formatted(command));
    }

    private UUID session() throws Exception {
        var reply =
                server.call("POST", "/v1/sessions", Json.object().put("cwd", project.toString()));
        return UUID.fromString(Json.mapper().readTree(reply.body()).path("id").asText());
    }

    private static void turn(NativeClient client) {
        UUID prompt = client.sendPrompt("go");
        client.await(
                f ->
                        f.path("command_uuid").asText().equals(prompt.toString())
                                && f.path("state").asText().equals("completed"),
                "the end of the turn");
    }

    private static JsonNode question(NativeClient client) {
        return client.await(
                f -> f.at("/request/subtype").asText().equals("oriel_trust"), "the question");
    }

    @Test
    void theFirstSessionAsksOnceAndTheReplyIsRemembered() throws Exception {
        hook("touch ran");
        Files.writeString(
                project.resolve(".mcp.json"),
                "{\"mcpServers\":{\"notes\":{\"command\":\"notes\",\"args\":[\"--all\"]}}}");
        UUID first = session();
        try (NativeClient client = server.subscribe(first, null)) {
            turn(client);
            JsonNode question = question(client);
            assertThat(question.at("/request/items").toString())
                    .contains("touch ran", "notes --all", ".mcp.json", "settings.json")
                    .doesNotContain("opus");
            assertThat(fake.launches().getFirst()).contains(RESTRICTED);
            turn(client);
            assertThat(fake.launches()).hasSize(1);

            client.sendDecision(question.path("request_id").asText(), "{\"behavior\":\"allow\"}");
            // The agent that was started without them is replaced.
            org.awaitility.Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> {
                        turn(client);
                        return fake.launches().size() == 2;
                    });
            assertThat(fake.launches().getLast()).doesNotContain(RESTRICTED);
        }
        server.close();
        server = RunningServer.in(folder, cli);
        try (NativeClient client = server.subscribe(session(), null)) {
            turn(client);
            assertThat(fake.launches().getLast()).doesNotContain(RESTRICTED);
            assertThat(client.frames().toString()).doesNotContain("oriel_trust");
        }
        hook("touch other");
        try (NativeClient client = server.subscribe(session(), null)) {
            turn(client);
            assertThat(question(client).toString()).contains("touch other");
            assertThat(fake.launches().getLast()).contains(RESTRICTED);
        }
    }

    /// A session that asks nothing else is not "asking": a client that receives its state drops the
    /// asks it knew, so the question must be sent before.
    @Test
    void aReturningClientGetsTheQuestionBeforeTheSessionsState() throws Exception {
        hook("touch ran");
        UUID id = session();
        try (NativeClient client = server.subscribe(id, null)) {
            turn(client);
            question(client);
        }
        try (NativeClient again = server.subscribe(id, null)) {
            again.await("system", "oriel_session");
            assertThat(again.frames().getFirst().at("/request/subtype").asText())
                    .isEqualTo("oriel_trust");
        }
    }

    @Test
    void aFolderWithoutCommandsIsNotAskedAbout() throws Exception {
        Files.createDirectories(project.resolve(".claude"));
        Files.writeString(project.resolve(".claude/settings.json"), "{\"model\":\"opus\"}");
        try (NativeClient client = server.subscribe(session(), null)) {
            turn(client);
            assertThat(fake.launches().getFirst()).doesNotContain(RESTRICTED);
            assertThat(client.frames().toString()).doesNotContain("oriel_trust");
        }
    }

    @Test
    void theOperatorMayTrustAllFolders() throws Exception {
        server.close();
        server =
                RunningServer.in(
                        folder,
                        ServerSetUp.policy(
                                new SessionPolicy(Duration.ofMinutes(5), 10, false, null, true)),
                        cli);
        hook("touch ran");
        try (NativeClient client = server.subscribe(session(), null)) {
            turn(client);
            assertThat(fake.launches().getFirst()).doesNotContain(RESTRICTED);
        }
    }

    @Test
    void aGuestCannotTrustAFolder() throws Exception {
        hook("touch ran");
        try (NativeClient guest =
                NativeClient.connect(
                        server.port(),
                        "/enhanced/ws",
                        "Authorization: Bearer " + server.server().token())) {
            var query = Json.object().put("type", "query").put("prompt", "go");
            query.putObject("options").put("cwd", project.toString());
            guest.send(query.toString());
            guest.await("query_end");
            assertThat(List.copyOf(fake.launches()).getFirst()).contains(RESTRICTED);
            assertThat(guest.frames().toString()).doesNotContain("oriel_trust");
        }
    }
}
