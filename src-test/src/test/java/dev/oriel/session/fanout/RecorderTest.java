package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The order of journaled and live events, and their positions.
class RecorderTest {
    private final UUID session = UUID.randomUUID();
    private final FaultyJournal journal = new FaultyJournal(new MemoryJournal());
    private final List<String> batches = new ArrayList<>();
    private Recorder recorder;

    @BeforeEach
    void open() throws Exception {
        journal.keep(session, 5);
        recorder =
                new Recorder(
                        journal,
                        session,
                        5,
                        (batch, before) ->
                                batches.add(
                                        before
                                                + ":"
                                                + batch.deliveries().stream()
                                                        .map(RecorderTest::describe)
                                                        .toList()));
    }

    private static String describe(Delivery delivery) {
        return delivery.isJournaled() ? String.valueOf(delivery.seq()) : "live";
    }

    private static Message text(String text) {
        return Message.of(Json.object().put("type", "assistant").put("text", text));
    }

    @Test
    void positionsContinueThoseOfTheJournal() throws Exception {
        recorder.append(text("six"));
        recorder.publish(new AgentStderr("live"));
        recorder.append(text("seven"));
        recorder.flush();
        recorder.publish(new AgentStderr("live"));
        recorder.flush();
        recorder.append(text("eight"));
        recorder.flush();
        assertThat(batches).containsExactly("5:[6, live, 7]", "7:[live]", "7:[8]");
        assertThat(recorder.writtenSeq()).isEqualTo(8);
        assertThat(journal.messagesAfter(session, 5, 9))
                .extracting(Journal.Entry::seq)
                .containsExactly(6L, 7L, 8L);
    }

    @Test
    void anEmptyFlushDeliversNothing() throws Exception {
        recorder.flush();
        assertThat(batches).isEmpty();
    }

    @Test
    void whileTheJournalFailsLiveEventsWaitToo() throws Exception {
        journal.failWrites(true);
        recorder.append(text("six"));
        assertThatThrownBy(recorder::flush).isInstanceOf(JournalException.class);
        recorder.publish(new AgentStderr("live"));
        assertThatThrownBy(recorder::flush).isInstanceOf(JournalException.class);
        assertThat(batches).isEmpty();
        assertThat(recorder.writtenSeq()).isEqualTo(5);
        journal.failWrites(false);
        recorder.flush();
        assertThat(batches).containsExactly("5:[6, live]");
    }

    @Test
    void aPromptStartsAfterEverythingThatWasGathered() throws Exception {
        UUID prompt = UUID.randomUUID();
        Message user = UserMessages.prompt(prompt, "go");
        journal.enqueue(session, prompt, user);
        recorder.append(text("six"));
        recorder.startPrompt(prompt, user);
        assertThat(batches).containsExactly("5:[6]", "6:[7]");
        assertThat(journal.queuedPrompts(session)).isEmpty();
    }

    @Test
    void aPromptThatCannotStartTakesNoPosition() throws Exception {
        UUID prompt = UUID.randomUUID();
        Message user = UserMessages.prompt(prompt, "go");
        journal.enqueue(session, prompt, user);
        journal.failWrites(true);
        assertThatThrownBy(() -> recorder.startPrompt(prompt, user))
                .isInstanceOf(JournalException.class);
        journal.failWrites(false);
        recorder.append(text("six"));
        recorder.flush();
        assertThat(batches).containsExactly("5:[6]");
        assertThat(journal.queuedPrompts(session)).hasSize(1);
    }

    @Test
    void aSeqThatAMessageCarriesIsNotStored() throws Exception {
        recorder.append(Message.parse("{\"type\":\"assistant\",\"seq\":99}"));
        recorder.flush();
        assertThat(journal.messagesAfter(session, 5, 1).getFirst().message().tree().has("seq"))
                .isFalse();
    }
}
