package dev.oriel.session.branch;

import static dev.oriel.testing.api.SampleMessages.assistant;
import static dev.oriel.testing.api.SampleMessages.boundary;
import static dev.oriel.testing.api.SampleMessages.call;
import static dev.oriel.testing.api.SampleMessages.init;
import static dev.oriel.testing.api.SampleMessages.prompt;
import static dev.oriel.testing.api.SampleMessages.result;
import static dev.oriel.testing.api.SampleMessages.summary;
import static dev.oriel.testing.api.SampleMessages.system;
import static dev.oriel.testing.api.SampleMessages.text;
import static dev.oriel.testing.api.SampleMessages.thinking;
import static dev.oriel.testing.api.SampleMessages.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SeqRange;
import dev.oriel.testing.server.StoredSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    @Test
    void fromALongConversationTheLastPartIsReadWithWhatItNeeds() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            List<Message> all = conversation(random);
            UUID other = UUID.randomUUID();
            journal.save(StoredSession.of(other).record());
            journal.append(other, 1, all);
            var log = new JournalConversationLog(journal, other, Lineage.NONE);
            ConversationHistory whole = new ConversationHistory();
            log.read(whole::append);
            List<Message> recent = new ArrayList<>();
            log.readRecent(recent::add);
            ConversationHistory part = new ConversationHistory();
            recent.forEach(part::append);

            assertThat(texts(part)).isEqualTo(texts(whole));
            assertThat(part.estimatedTokens()).isEqualTo(whole.estimatedTokens());
            assertThat(recent.stream().anyMatch(m -> m.is("result")))
                    .isEqualTo(all.stream().anyMatch(m -> m.is("result")));
        }
    }

    @Test
    void whatIsBeforeTheSummaryIsNotRead() throws Exception {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            addTurn(all, "m", i);
        }
        all.add(boundary());
        all.add(summary("What was before."));
        addTurn(all, "m", 1_000);
        journal.append(session, 1, all);
        List<Message> recent = new ArrayList<>();
        new JournalConversationLog(journal, session, Lineage.NONE).readRecent(recent::add);
        assertThat(recent).hasSizeLessThan(30);
    }

    private static List<String> texts(ConversationHistory history) {
        return history.messages().stream().map(m -> new String(m, StandardCharsets.UTF_8)).toList();
    }

    /// Turns of changing models, with summaries that keep some of them, and resets.
    private static List<Message> conversation(Random random) {
        List<Message> all = new ArrayList<>();
        int turns = random.nextInt(20);
        for (int i = 0; i < turns; i++) {
            addTurn(all, random.nextInt(4) == 0 ? "other" : "m", i);
            switch (random.nextInt(6)) {
                case 0 -> {
                    int kept = random.nextInt(1, all.size());
                    List<Message> last = all.subList(all.size() - kept, all.size());
                    all.add(
                            boundary(
                                    last.stream()
                                            .filter(m -> m.is("user") || m.is("assistant"))
                                            .toArray(Message[]::new)));
                    all.add(summary("Summary " + i));
                }
                case 1 ->
                        all.add(
                                Message.of(
                                        Json.object()
                                                .put("type", "conversation_reset")
                                                .put("uuid", UUID.randomUUID().toString())));
                default -> {
                    // Goes on.
                }
            }
        }
        return all;
    }

    private static void addTurn(List<Message> to, String model, int i) {
        to.add(prompt("prompt " + i));
        to.add(init(model, "a"));
        to.add(system("status"));
        to.add(assistant("msg", thinking("Hm.", "signature")));
        to.add(assistant("msg", call("t" + i, "Read")));
        to.add(user(result("t" + i, "content " + i)));
        to.add(system("status"));
        to.add(assistant("msg", text("answer " + i)));
        to.add(
                Message.of(
                        Json.object()
                                .put("type", "result")
                                .put("total_cost_usd", i)
                                .put("uuid", UUID.randomUUID().toString())));
    }
}
