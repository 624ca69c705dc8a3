package dev.oriel.session;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static dev.oriel.testing.claude.RealClaudeServer.bash;
import static dev.oriel.testing.claude.RealClaudeServer.resolveAsk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Forks and rewinds at points within turns, after compactions and of forks, with the real CLI.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BranchEdgesJourneyTest {
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

    @BeforeEach
    void forget() {
        server.api().clearQueue();
    }

    private JsonNode post(UUID session, String what, ObjectNode body, int status) throws Exception {
        var reply = server.server().call("POST", "/v1/sessions/" + session + "/" + what, body);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return Json.mapper().readTree(reply.body());
    }

    private UUID fork(UUID session, ObjectNode body) throws Exception {
        return UUID.fromString(post(session, "fork", body, 201).path("id").asText());
    }

    private void rewind(UUID session, long before) throws Exception {
        post(session, "rewind", before(before), 200);
    }

    private static ObjectNode before(long seq) {
        return Json.object().put("before", seq);
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

    /// The messages of the last request, whose calls of tools all have results.
    private String lastConversation() {
        JsonNode messages = server.api().requests().getLast().body().path("messages");
        Set<String> open = new HashSet<>();
        for (JsonNode message : messages) {
            for (JsonNode block : message.path("content")) {
                switch (block.path("type").asText()) {
                    case "tool_use" -> open.add(block.path("id").asText());
                    case "tool_result" -> open.remove(block.path("tool_use_id").asText());
                    default -> {
                        // Not about a tool.
                    }
                }
            }
        }
        assertThat(open).as("calls without a result in %s", messages).isEmpty();
        return messages.toString();
    }

    private UUID say(NativeClient client, String prompt, String answer) {
        server.api().enqueue(FakeReply.text(answer));
        UUID sent = client.sendPrompt(prompt);
        JsonNode result = awaitResult(client, sent);
        assertThat(result.path("is_error").asBoolean()).as(client.journaled().toString()).isFalse();
        return sent;
    }

    @Test
    void aForkDuringATurnHasWhatHappenedBeforeIt() throws Exception {
        UUID session = server.session();
        UUID forked;
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            server.api().enqueue(FakeReply.toolUse("Bash", bash("touch made")));
            UUID running = client.sendPrompt("Make a file");
            JsonNode ask = server.awaitAsk(client);

            forked = fork(session, Json.object());

            server.api().enqueue(FakeReply.text("Made."));
            resolveAsk(client, ask, true);
            awaitResult(client, running);
        }
        try (NativeClient client = server.server().subscribe(forked, 0L)) {
            client.await("system", "oriel_forked");
            say(client, "In the fork", "Forked answer.");
            assertThat(client.journaled().toString()).doesNotContain("oriel_agent_exited");
            assertThat(lastConversation()).contains("First answer.", "Make a file", "touch made");
        }
    }

    @Test
    void theResultOfAToolThatWasStoppedIsKept() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            server.api().enqueue(FakeReply.toolUse("Bash", bash("touch never-made")));
            UUID stopped = client.sendPrompt("Second question");
            server.awaitAsk(client);
            client.sendRequest("interrupt", Map.of());
            awaitResult(client, stopped);
            UUID third = say(client, "Third question", "Third answer.");

            rewind(session, seqOf(client, third));
            say(client, "Another third", "Other.");
            assertThat(lastConversation())
                    .contains("First answer.", "touch never-made", "The tool use was rejected")
                    .doesNotContain("Third answer.", "Tool result missing");
        }
    }

    @Test
    void aForkBeforeAPromptThatARunningTurnTookUp() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            server.api().enqueue(FakeReply.toolUse("Bash", bash("touch steered")));
            UUID running = client.sendPrompt("Make a file");
            JsonNode ask = server.awaitAsk(client);
            UUID steer = client.sendPrompt("And be quick");
            client.await(f -> f.toString().contains(steer.toString()), "the queue");
            client.sendRequest("oriel_steer", Map.of("message_uuid", steer.toString()));
            server.api().enqueue(FakeReply.text("Made quickly."));
            long steered = seqOf(client, steer);
            resolveAsk(client, ask, true);
            awaitResult(client, running);
            UUID forked = fork(session, before(steered));
            try (NativeClient other = server.server().subscribe(forked, 0L)) {
                other.await("system", "oriel_forked");
                say(other, "In the fork", "Forked answer.");
                assertThat(lastConversation())
                        .contains("First answer.", "Make a file")
                        .doesNotContain("Made quickly.", "And be quick");
            }
        }
    }

    @Test
    void aRewindOutlastsAnAgentThatGotNoPrompt() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "First question", "First answer.");
            UUID second = say(client, "Second question", "Second answer.");
            rewind(session, seqOf(client, second));
            client.sendRequest("get_context_usage", Map.of());
            client.await(
                    f -> f.at("/response/request_id").asText().equals("get_context_usage"),
                    "the usage");
            say(client, "Another second", "Other.");
            assertThat(lastConversation())
                    .contains("First answer.", "Another second")
                    .doesNotContain("Second answer.");
        }
    }

    @Test
    void aForkOfAForkAtItsOwnPromptsAndAtThoseItCopied() throws Exception {
        UUID session = server.session();
        UUID first;
        UUID forked;
        UUID second;
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            first = say(client, "Q1", "Answer one.");
            second = say(client, "Q2", "Answer two.");
            UUID third = say(client, "Q3", "Answer three.");
            forked = fork(session, before(seqOf(client, third)));
        }
        try (NativeClient client = server.server().subscribe(forked, 0L)) {
            // Before the fork has a conversation of its own.
            UUID copied = fork(forked, before(seqOf(client, second)));
            UUID whole = fork(forked, Json.object());
            for (UUID each : List.of(copied, whole)) {
                try (NativeClient other = server.server().subscribe(each, 0L)) {
                    say(other, "In a fork of the fork", "Other.");
                    assertThat(lastConversation()).contains("Answer one.");
                    assertThat(lastConversation().contains("Answer two."))
                            .isEqualTo(each.equals(whole));
                    assertThat(lastConversation()).doesNotContain("Answer three.");
                }
            }
            say(client, "F1", "Fork one.");
            UUID own = say(client, "F2", "Fork two.");
            UUID again = fork(forked, before(seqOf(client, own)));
            try (NativeClient other = server.server().subscribe(again, 0L)) {
                say(other, "Again", "Other.");
                assertThat(lastConversation())
                        .contains("Answer two.", "Fork one.")
                        .doesNotContain("Fork two.");
            }
            rewind(forked, seqOf(client, second));
            say(client, "Back", "Other.");
            assertThat(lastConversation())
                    .contains("Answer one.")
                    .doesNotContain("Answer two.", "Fork one.");
            rewind(forked, seqOf(client, first));
            say(client, "Anew", "Other.");
            assertThat(lastConversation()).doesNotContain("Answer one.");
        }
    }

    @Test
    void aForkAfterACompactionHasItsSummary() throws Exception {
        UUID session = server.session();
        try (NativeClient client = server.server().subscribe(session, 0L)) {
            say(client, "Q1", "Answer one.");
            say(client, "Q2", "Answer two.");
            server.api().enqueue(FakeReply.text("<summary>The summary.</summary>"));
            awaitResult(client, client.sendPrompt("/compact"));
            UUID third = say(client, "Q3", "Answer three.");
            UUID fourth = say(client, "Q4", "Answer four.");
            UUID atFirst = fork(session, before(seqOf(client, third)));
            UUID later = fork(session, before(seqOf(client, fourth)));
            try (NativeClient other = server.server().subscribe(later, 0L)) {
                say(other, "After", "Other.");
                assertThat(lastConversation())
                        .contains("The summary.", "Answer three.")
                        .doesNotContain("Answer four.", "Answer one.");
            }
            try (NativeClient other = server.server().subscribe(atFirst, 0L)) {
                say(other, "After", "Other.");
                assertThat(lastConversation())
                        .contains("The summary.")
                        .doesNotContain("Answer three.", "Answer one.");
            }
        }
    }
}
