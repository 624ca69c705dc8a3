package dev.oriel.app.conversation;

import static dev.oriel.testing.claude.RealClaudeServer.awaitResult;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.RealClaudeServer;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The window's conversation with prompts that the real CLI could not accept.
@Timeout(120)
class UnansweredPromptJourneyTest {
    @TempDir Path folder;

    private static List<Item> items(NativeClient client) {
        ConversationModel model =
                new ConversationModel(
                        new RecordingPages(),
                        new RecordingRetries(),
                        () -> Instant.parse("2026-03-01T10:00:00Z"));
        model.receive(client.frames().stream().map(f -> Message.of((ObjectNode) f)).toList());
        return model.items();
    }

    @Test
    void aPromptWithoutALoginCanBeSentAgain() throws Exception {
        try (RealClaudeServer server =
                        RealClaudeServer.in(folder, c -> c, Map.of("ANTHROPIC_API_KEY", ""));
                NativeClient client = server.server().subscribe(server.session(), 0L)) {
            assertThat(awaitResult(client, client.sendPrompt("Hello")).path("is_error").asBoolean())
                    .isTrue();
            assertThat(items(client).toString()).contains("Hello", "claude auth login");
            assertThat(items(client))
                    .anyMatch(i ->
                            i instanceof Item.Notice n
                                    && n.steps().contains(new NextStep.SendAgain()));
            assertThat(server.api().requests()).isEmpty();
        }
    }

    @Test
    void aPromptWhoseFolderIsGoneIsShownWithTheReason() throws Exception {
        try (RealClaudeServer server = RealClaudeServer.in(folder, c -> c, Map.of())) {
            UUID session = server.session();
            Files.delete(server.project());
            try (NativeClient client = server.server().subscribe(session, 0L)) {
                client.sendPrompt("Hello");
                client.await("system", "oriel_unsent");
                assertThat(items(client).toString()).contains("Hello", "folder is not there");
            }
            assertThat(server.api().requests()).isEmpty();
        }
    }
}
