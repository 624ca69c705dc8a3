package dev.oriel.app.conversation;

import static dev.oriel.testing.RealCliServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import dev.oriel.testing.NativeClient;
import dev.oriel.testing.RealCliServer;
import dev.oriel.testing.TestPages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the window's conversation shows of a prompt that the real CLI could not take.
@Timeout(120)
class PromptWithoutAnswerJourneyTest {
    @TempDir Path folder;

    private static List<Item> items(NativeClient client) {
        ConversationModel model =
                new ConversationModel(new TestPages(), () -> Instant.parse("2026-03-01T10:00:00Z"));
        model.accept(client.frames().stream().map(f -> Message.of((ObjectNode) f)).toList());
        return model.items();
    }

    @Test
    void aPromptForWhichNobodyIsLoggedInCanBeSentAgain() throws Exception {
        try (RealCliServer server =
                        RealCliServer.in(folder, c -> c, Map.of("ANTHROPIC_API_KEY", ""));
                NativeClient client = server.server().subscribe(server.session(), 0L)) {
            assertThat(result(client, client.prompt("Hello")).path("is_error").asBoolean())
                    .isTrue();
            assertThat(items(client).toString()).contains("Hello", "/login");
            assertThat(items(client).getLast()).isInstanceOf(Item.Retry.class);
            assertThat(server.api().requests()).isEmpty();
        }
    }

    @Test
    void aPromptWhoseFolderIsGoneIsShownWithTheReason() throws Exception {
        try (RealCliServer server = RealCliServer.in(folder, c -> c, Map.of())) {
            UUID session = server.session();
            Files.delete(server.project());
            try (NativeClient client = server.server().subscribe(session, 0L)) {
                client.prompt("Hello");
                client.await("system", "oriel_unsent");
                assertThat(items(client).toString()).contains("Hello", "folder is not there");
            }
            assertThat(server.api().requests()).isEmpty();
        }
    }
}
