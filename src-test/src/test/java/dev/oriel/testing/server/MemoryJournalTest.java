package dev.oriel.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tests rely on holds for the journal in memory as for the real one.
class MemoryJournalTest {
    @TempDir Path folder;
    private final UUID id = UUID.randomUUID();
    private final UUID prompt = UUID.randomUUID();

    @Test
    void messagesAndPromptsAreKeptAsInTheRealJournal() throws Exception {
        check(new MemoryJournal());
        try (SqliteJournal real = SqliteJournal.open(folder.resolve("oriel.db"))) {
            check(real);
        }
    }

    private void check(Journal journal) throws Exception {
        assertThat(journal.findSession(id)).isEmpty();
        journal.save(StoredSession.of(id).title("one").record());
        journal.append(id, 1, List.of(line(1), line(2)));
        journal.append(id, 3, List.of(line(3)));
        assertThat(journal.findSession(id).orElseThrow().lastSeq()).isEqualTo(3);
        assertThat(seqs(journal.messagesAfter(id, 1, 1))).containsExactly(2L);
        assertThat(seqs(journal.messagesAfter(id, 1, 9))).containsExactly(2L, 3L);
        assertThat(seqs(journal.messagesBefore(id, 3, 9))).containsExactly(1L, 2L);
        assertThat(seqs(journal.messagesBefore(id, Long.MAX_VALUE, 2))).containsExactly(2L, 3L);
        assertThat(journal.messagesAfter(UUID.randomUUID(), 0, 9)).isEmpty();

        Message user = UserMessages.prompt(prompt, "go");
        UUID other = UUID.randomUUID();
        assertThat(journal.enqueue(id, prompt, user)).isTrue();
        assertThat(journal.enqueue(id, prompt, user)).isFalse();
        assertThat(journal.enqueue(id, other, UserMessages.prompt(other, "no"))).isTrue();
        journal.startPrompt(id, prompt, 4, user);
        assertThat(journal.cancelPrompt(id, prompt)).as("it has started").isFalse();
        assertThat(journal.cancelPrompt(id, other)).isTrue();
        assertThat(journal.isPromptCancelled(id, other)).isTrue();
        assertThat(journal.isPromptCancelled(id, prompt)).isFalse();
        assertThat(journal.enqueue(id, prompt, user)).as("it was queued before").isFalse();
        assertThat(journal.queuedPrompts(id)).isEmpty();

        journal.saveDeltas(id, true, List.of(line(1)));
        journal.saveDeltas(id, false, List.of(line(2)));
        assertThat(journal.savedDeltas(id).events()).hasSize(2);
        assertThat(journal.savedDeltas(id).afterSeq()).isEqualTo(4);
        journal.saveDeltas(id, true, List.of());
        assertThat(journal.savedDeltas(id)).isEqualTo(new Journal.SavedDeltas(0, List.of()));

        journal.save(StoredSession.of(id).title("two").record());
        assertThat(journal.sessions()).singleElement().extracting(s -> s.title()).isEqualTo("two");
        assertThat(journal.messagesAfter(id, 0, 9)).hasSize(4);
        journal.delete(id);
        assertThat(journal.sessions()).isEmpty();
    }

    private static Message line(int number) {
        return Message.of(Json.object().put("type", "assistant").put("line", number));
    }

    private static List<Long> seqs(List<Entry> page) {
        return page.stream().map(Entry::seq).toList();
    }
}
