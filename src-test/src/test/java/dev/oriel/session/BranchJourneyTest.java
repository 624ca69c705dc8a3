package dev.oriel.session;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.resolveAsk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi.Request;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Forks and rewinds of a conversation that the real CLI keeps, and of the files that it changed.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BranchJourneyTest {
    @SuppressWarnings("NullAway.Init") // started before the first test
    private RealClaudeServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = RealClaudeServer.in(folder, c -> c, Map.of());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private JsonNode post(String path, ObjectNode body, int status) throws Exception {
        var reply = server.server().call("POST", path, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
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
        Request last = server.api().requests().getLast();
        return last.body().path("messages").toString();
    }

    private void say(NativeClient client, String prompt, String answer) {
        server.api().enqueue(FakeReply.text(answer));
        awaitResult(client, client.sendPrompt(prompt));
    }

    @Test
    void aForkContinuesFromBeforeAPromptAndTheOtherSessionStaysAsItIs() throws Exception {
        UUID session = server.session();
        JsonNode fork;
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            server.api().enqueue(FakeReply.text("Second answer."));
            UUID second = client.sendPrompt("Second question");
            awaitResult(client, second);
            fork =
                    post(
                            "/v1/sessions/" + session + "/fork",
                            Json.object().put("before", seqOf(client, second)),
                            201);
        }
        UUID forked = UUID.fromString(fork.path("id").asText());
        try (NativeClient client = server.server().subscribe(forked, 0L)) {
            client.await("system", "oriel_forked");
            assertThat(client.journaled().toString())
                    .contains("First answer.")
                    .doesNotContain("Second question");
            say(client, "Another second question", "Another answer.");
            assertThat(lastConversation())
                    .contains("First question", "First answer.", "Another second question")
                    .doesNotContain("Second answer.");
            say(client, "A third one", "Third answer.");
            assertThat(lastConversation()).contains("First answer.", "Another answer.");
        }
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "Back here", "Still here.");
            assertThat(lastConversation())
                    .contains("Second answer.")
                    .doesNotContain("Another answer.");
        }
    }

    @Test
    void aRewoundConversationForgetsWhatCameAfterAlsoInTheNextProcess() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "Keep this", "Kept.");
            server.api().enqueue(FakeReply.text("Forgotten."));
            UUID second = client.sendPrompt("Forget this");
            awaitResult(client, second);
            long seq = seqOf(client, second);

            JsonNode rewound =
                    post(
                            "/v1/sessions/" + session + "/rewind",
                            Json.object().put("before", seq),
                            200);

            assertThat(rewound.path("rewound").path(0).path(0).asLong()).isEqualTo(seq);
            client.await("system", "oriel_rewound");
            say(client, "Go on", "Going on.");
            assertThat(lastConversation())
                    .contains("Keep this", "Kept.", "Go on")
                    .doesNotContain("Forgotten.");
            assertThat(
                            post(
                                            "/v1/sessions/" + session + "/rewind",
                                            Json.object().put("before", seq),
                                            400)
                                    .toString())
                    .contains("rewound");
            say(client, "And on", "On.");
            assertThat(lastConversation()).contains("Going on.").doesNotContain("Forgotten.");
        }
    }

    @Test
    void aConversationRewoundToItsFirstPromptBeginsAnew() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            server.api().enqueue(FakeReply.text("Gone."));
            UUID first = client.sendPrompt("The first");
            awaitResult(client, first);

            post(
                    "/v1/sessions/" + session + "/rewind",
                    Json.object().put("before", seqOf(client, first)),
                    200);

            say(client, "Anew", "Yes.");
            assertThat(lastConversation()).contains("Anew").doesNotContain("The first");
        }
    }

    @Test
    void filesThatAToolChangedAreRestoredAfterAPreview() throws Exception {
        UUID session = server.session();
        Path file = Files.writeString(server.project().resolve("window.txt"), "two panes\n");
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            String path = Json.object().put("file_path", file.toString()).toString();
            String change =
                    Json.object()
                            .put("file_path", file.toString())
                            .put("old_string", "two")
                            .put("new_string", "three")
                            .toString();
            server.api()
                    .enqueue(
                            FakeReply.toolUse("Read", path),
                            FakeReply.toolUse("Edit", change),
                            FakeReply.text("Changed."));
            UUID prompt = client.sendPrompt("One more pane");
            resolveAsk(client, server.awaitAsk(client), true);
            awaitResult(client, prompt);
            assertThat(file).hasContent("three panes\n");

            client.sendRequest(
                    "rewind_files", Map.of("user_message_id", prompt.toString(), "dry_run", true));
            JsonNode preview =
                    client.await(
                            f -> f.at("/response/request_id").asText().equals("rewind_files"),
                            "the preview");
            assertThat(preview.at("/response/response/canRewind").asBoolean()).isTrue();
            assertThat(preview.at("/response/response/filesChanged/0").asText())
                    .isEqualTo(file.toString());
            assertThat(file).hasContent("three panes\n");

            client.sendRequest("rewind_files", Map.of("user_message_id", prompt.toString()));
            client.await("system", "oriel_control");
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(file).hasContent("two panes\n"));
        }
    }
}
