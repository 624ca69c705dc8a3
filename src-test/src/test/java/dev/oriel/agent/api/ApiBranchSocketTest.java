package dev.oriel.agent.api;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forks and rewinds of sessions with an agent on the Messages API, and the files that it keeps.
class ApiBranchSocketTest {
    @TempDir Path folder;
    private FakeMessagesApi api;
    private ApiAgents agents;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        api = FakeMessagesApi.start();
        agents = AgentRun.apiAgents(api, folder);
        server = RunningServer.in(folder, agents);
    }

    @AfterEach
    void stop() {
        server.close();
        agents.close();
        api.close();
    }

    @Test
    void aForkContinuesFromBeforeAPromptAndTheOtherSessionStaysAsItIs() throws Exception {
        UUID session = newSession();
        UUID fork;
        try (NativeClient client = server.subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            UUID second = say(client, "Second question", "Second answer.");
            fork = fork(session, seqOf(client, second));
        }
        try (NativeClient client = server.subscribe(fork, 0L)) {
            say(client, "Another second question", "Another answer.");
            assertThat(lastConversation())
                    .contains("First question", "First answer.", "Another second question")
                    .doesNotContain("Second answer.");
        }
        try (NativeClient client = server.subscribe(session, 0L)) {
            say(client, "Back here", "Still here.");
            assertThat(lastConversation())
                    .contains("Second answer.", "Back here")
                    .doesNotContain("Another answer.");
        }
    }

    @Test
    void aRewoundConversationForgetsWhatCameAfter() throws Exception {
        UUID session = newSession();
        try (NativeClient client = server.subscribe(session, 0L)) {
            say(client, "Keep this", "Kept.");
            UUID second = say(client, "Forget this", "Forgotten.");
            post(
                    "/v1/sessions/" + session + "/rewind",
                    Json.object().put("before", seqOf(client, second)),
                    200);
            say(client, "Go on", "Going on.");
            assertThat(lastConversation())
                    .contains("Keep this", "Kept.", "Go on")
                    .doesNotContain("Forgotten.");
        }
        restart();
        try (NativeClient client = server.subscribe(session, 0L)) {
            say(client, "And now", "Now.");
            assertThat(lastConversation())
                    .contains("Kept.", "Going on.")
                    .doesNotContain("Forgotten.");
        }
    }

    @Test
    void theFilesOfADeletedSessionAreDeletedUnlessAForkNeedsThem() throws Exception {
        UUID session = newSession();
        UUID other = newSession();
        write(other);
        UUID fork;
        try (NativeClient client = server.subscribe(session, 0L)) {
            write(client);
            fork = fork(session, seqOf(client, say(client, "Second", "Second answer.")));
        }
        assertThat(conversations()).hasSize(2);

        delete(session);
        assertThat(conversations()).hasSize(2); // the fork has not begun yet, and needs them
        try (NativeClient client = server.subscribe(fork, 0L)) {
            say(client, "Go on", "Going on.");
        }
        delete(other);
        assertThat(conversations()).hasSize(2); // those of the fork and of what it began with
        delete(fork);
        assertThat(conversations()).isEmpty();
    }

    @Test
    void filesThatNoSessionNeedsAreDeletedAfterTheStart() throws Exception {
        UUID session = newSession();
        write(session);
        Path left = Files.createDirectories(stored().resolve(UUID.randomUUID() + "/results"));
        restart();
        await().atMost(Patience.LIMIT).until(() -> Files.notExists(left.getParent()));
        assertThat(conversations()).hasSize(1);
    }

    private void restart() {
        server.close();
        agents.close();
        agents = AgentRun.apiAgents(api, folder);
        server = RunningServer.in(folder, agents);
    }

    private UUID newSession() throws Exception {
        ObjectNode spec =
                Json.object().put("cwd", folder.toString()).put("permission_mode", "acceptEdits");
        return UUID.fromString(post("/v1/sessions", spec, 201).path("id").asText());
    }

    private void write(UUID session) throws Exception {
        try (NativeClient client = server.subscribe(session, 0L)) {
            write(client);
        }
    }

    /// Has the agent change a file, of which it keeps a copy.
    private void write(NativeClient client) {
        ObjectNode input = Json.object().put("file_path", folder.resolve("a.txt").toString());
        api.enqueue(FakeReply.toolUse("Write", input.put("content", "text").toString()));
        say(client, "Write a file", "Written.");
    }

    private UUID fork(UUID session, long before) throws Exception {
        ObjectNode body = Json.object().put("before", before);
        return UUID.fromString(
                post("/v1/sessions/" + session + "/fork", body, 201).path("id").asText());
    }

    private void delete(UUID session) throws Exception {
        assertThat(server.call("DELETE", "/v1/sessions/" + session, null).statusCode())
                .isLessThan(300);
    }

    private JsonNode post(String path, ObjectNode body, int status) throws Exception {
        var reply = server.call("POST", path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
    }

    private Path stored() {
        return folder.resolve("data/agent-api");
    }

    private List<Path> conversations() throws IOException {
        try (var entries = Files.list(stored())) {
            return entries.toList();
        }
    }

    private UUID say(NativeClient client, String prompt, String answer) {
        api.enqueue(FakeReply.text(answer));
        UUID uuid = client.sendPrompt(prompt);
        awaitResult(client, uuid);
        return uuid;
    }

    private static long seqOf(NativeClient client, UUID prompt) {
        return client.await(
                        f ->
                                f.path("type").asText().equals("user")
                                        && f.path("uuid").asText().equals(prompt.toString()),
                        "the prompt")
                .path("seq")
                .asLong();
    }

    private String lastConversation() {
        return api.requests().getLast().body().path("messages").toString();
    }
}
