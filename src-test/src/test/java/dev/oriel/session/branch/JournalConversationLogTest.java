package dev.oriel.session.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SeqRange;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalConversationLogTest {
    @TempDir Path folder;
    private final UUID session = UUID.randomUUID();
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("journal.db"));
        journal.save(StoredSession.of(session).record());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void append(int count) throws Exception {
        List<Message> messages =
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> UserMessages.prompt(UUID.randomUUID(), "m" + i))
                        .toList();
        journal.append(session, 1, messages);
    }

    private List<String> read(Lineage lineage) throws Exception {
        List<String> texts = new ArrayList<>();
        new JournalConversationLog(journal, session, lineage)
                .read(m -> texts.add(UserMessages.text(m.tree())));
        return texts;
    }

    @Test
    void anEmptySessionHasNoMessages() throws Exception {
        assertThat(read(Lineage.NONE)).isEmpty();
    }

    @Test
    void allPagesAreReadInTheirOrder() throws Exception {
        append(1_203);

        assertThat(read(Lineage.NONE))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1_203).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void whatWasRewoundIsLeftOut() throws Exception {
        append(10);
        Conversation branch = new Conversation.Fresh(UUID.randomUUID());
        Lineage rewound =
                Lineage.NONE.rewind(new SeqRange(3, 5), branch).rewind(new SeqRange(8, 9), branch);

        assertThat(read(rewound)).containsExactly("m1", "m2", "m6", "m7", "m10");
    }

    @Test
    void messagesThatAreAppendedLaterAreReadToo() throws Exception {
        append(2);
        var log = new JournalConversationLog(journal, session, Lineage.NONE);
        List<String> texts = new ArrayList<>();
        log.read(_ -> {});
        journal.append(session, 3, List.of(UserMessages.prompt(UUID.randomUUID(), "later")));
        log.read(m -> texts.add(UserMessages.text(m.tree())));

        assertThat(texts).containsExactly("m1", "m2", "later");
    }
}
