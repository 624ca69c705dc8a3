package dev.oriel.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PromptOutboxTest {
    private final PromptOutbox outbox = PromptOutbox.inMemory();

    private Message add(String session, String text) throws Exception {
        Message prompt = UserMessages.prompt(UUID.randomUUID(), text);
        outbox.add(session, prompt);
        return prompt;
    }

    @Test
    void promptsOfASessionAreKeptInOrder() throws Exception {
        Message one = add("a", "one");
        Message other = add("b", "other");
        Message two = add("a", "two");
        assertThat(outbox.pending("a")).containsExactly(one, two);
        assertThat(outbox.pending("b")).containsExactly(other);
        assertThat(outbox.pending("c")).isEmpty();
        assertThat(outbox.sessions()).containsExactly("a", "b");
    }

    @Test
    void aPromptIsRemovedOnce() throws Exception {
        Message one = add("a", "one");
        assertThat(outbox.remove(String.valueOf(one.uuid()))).isTrue();
        assertThat(outbox.remove(String.valueOf(one.uuid()))).isFalse();
        assertThat(outbox.sessions()).isEmpty();
    }

    @Test
    void aSessionIsRemovedWithItsPromptsOnly() throws Exception {
        add("a", "one");
        Message other = add("b", "other");
        outbox.removeSession("a");
        assertThat(outbox.pending("a")).isEmpty();
        assertThat(outbox.pending("b")).containsExactly(other);
    }
}
