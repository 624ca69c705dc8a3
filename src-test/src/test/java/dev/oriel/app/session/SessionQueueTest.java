package dev.oriel.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.media.SampleImages;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionQueueTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final SessionQueue queue = new SessionQueue("s", outbox);

    private void update(String prompts, boolean held) throws Exception {
        queue.update(
                Message.parse(
                        "{\"type\":\"system\",\"subtype\":\"oriel_queue\",\"prompts\":[%s],\"held\":%b}"
                                .formatted(prompts, held)));
    }

    private static String prompt(UUID id, String text) {
        return "{\"uuid\":\"%s\",\"message\":{\"role\":\"user\",\"content\":\"%s\"}}"
                .formatted(id, text);
    }

    @Test
    void promptsOnTheServerComeBeforeThoseOfTheOutbox() throws Exception {
        outbox.add("s", UserMessages.prompt(SECOND, "later")).join();
        update(prompt(FIRST, "sooner"), false);
        assertThat(queue.prompts())
                .containsExactly(
                        new QueuedPrompt(FIRST.toString(), "sooner", true),
                        new QueuedPrompt(SECOND.toString(), "later", false));
    }

    @Test
    void promptsOfOtherSessionsAreNotListed() {
        outbox.add("t", UserMessages.prompt(FIRST, "elsewhere")).join();
        assertThat(queue.prompts()).isEmpty();
    }

    @Test
    void eachReportOfTheServerReplacesTheOneBefore() throws Exception {
        update(prompt(FIRST, "one") + "," + prompt(SECOND, "two"), true);
        assertThat(queue.isHeld()).isTrue();
        update(prompt(SECOND, "two"), false);
        assertThat(queue.prompts()).extracting(QueuedPrompt::text).containsExactly("two");
        assertThat(queue.isHeld()).isFalse();
    }

    @Test
    void aListThatWasReadDoesNotChange() throws Exception {
        update(prompt(FIRST, "one"), false);
        var before = queue.prompts();
        update("", false);
        assertThat(before).hasSize(1);
        assertThat(queue.prompts()).isEmpty();
    }

    @Test
    void aWaitingPromptWithAnImageNamesItAndGivesItsContent() throws Exception {
        String block = SampleImages.block("image/png", SampleImages.png(4, 3));
        String user =
                "{\"uuid\":\"%s\",\"message\":{\"role\":\"user\",\"content\":[%s]}}"
                        .formatted(FIRST, block);
        update(user, false);
        QueuedPrompt waiting = queue.prompts().getFirst();
        assertThat(waiting.summary()).isEqualTo("Image, 4 × 3, PNG");
        assertThat(queue.content(FIRST.toString()).orElseThrow().path(0))
                .isEqualTo(Json.mapper().readTree(block));
        assertThat(queue.content(SECOND.toString())).isEmpty();
        update("", false);
        assertThat(queue.content(FIRST.toString())).isEmpty();
    }

    @Test
    void theContentOfAPromptInTheOutboxIsKnownToo() throws Exception {
        JsonNode content =
                Json.mapper()
                        .readTree(
                                "["
                                        + SampleImages.block("image/png", SampleImages.png(4, 3))
                                        + "]");
        outbox.add("s", UserMessages.prompt(SECOND, content)).join();
        assertThat(queue.prompts().getFirst().attachments()).hasSize(1);
        assertThat(queue.content(SECOND.toString())).contains(content);
    }
}
