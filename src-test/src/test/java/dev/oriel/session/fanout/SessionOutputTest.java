package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.TrustQuestion;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.MemoryJournal;
import dev.oriel.testing.server.StoredSession;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Recording and fan-out, with a lane and a timer that the test drives by hand.
class SessionOutputTest {
    private final ManualSessionLane lane = new ManualSessionLane();
    private final ManualTimer timer = new ManualTimer();
    private final CollectingSubscriber client = new CollectingSubscriber(true);
    private final UUID id = UUID.randomUUID();
    private final SessionMemoryBudget budget = new SessionMemoryBudget(Long.MAX_VALUE);
    private FaultyJournal journal;
    private SessionModel model;
    private SessionOutput output;

    @BeforeEach
    void open() throws Exception {
        journal = new FaultyJournal(new MemoryJournal());
        journal.save(StoredSession.of(id).cwd("/").agent("cli").recency(1).record());
        output = output(null);
        output.subscribe(client, null);
        client.messages().clear();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private SessionOutput output(AgentExited unfinished) throws Exception {
        SessionRecord record = journal.findSession(id).orElseThrow();
        model =
                new SessionModel(
                        new SessionDetails(record, budget),
                        new PromptQueue(journal, id, false, budget),
                        new PendingAsks(),
                        new TrustQuestion());
        return new SessionOutput(
                model,
                lane,
                journal,
                timer,
                new ManualClock(),
                new SessionDirectory(journal.sessions()),
                record.lastSeq(),
                unfinished);
    }

    private static Message text(String text) {
        return Message.of(Json.object().put("type", "assistant").put("text", text));
    }

    private List<String> received() {
        return client.messages().stream().map(m -> m.tree().path("text").asText()).toList();
    }

    private List<String> journaled() throws Exception {
        return journal.messagesAfter(id, 0, 100).stream()
                .map(e -> e.message().tree().path("text").asText())
                .toList();
    }

    @Test
    void nothingIsDeliveredBeforeItIsJournaled() throws Exception {
        output.record(text("one"));
        output.publish(new AgentStderr("two"));
        output.record(text("three"));
        assertThat(client.messages()).isEmpty();
        assertThat(output.flush()).isTrue();
        assertThat(journaled()).containsExactly("one", "three");
        assertThat(client.messages()).hasSize(3);
        assertThat(output.writtenSeq()).isEqualTo(2);
    }

    @Test
    void whileTheJournalFailsNothingIsDeliveredAndNothingIsLost() throws Exception {
        journal.failWrites(true);
        output.record(text("one"));
        assertThat(output.flush()).isFalse();
        output.record(text("two"));
        assertThat(output.flush()).isFalse();
        assertThat(lane.isInputHeld()).isTrue();
        assertThat(client.messages())
                .as("only the notice, once")
                .singleElement()
                .satisfies(m -> assertThat(m.is("system", "oriel_notice")).isTrue());
        assertThat(timer.pending()).as("one retry").isEqualTo(1);

        journal.failWrites(false);
        timer.advance(Duration.ofSeconds(1));
        lane.runAll();
        assertThat(lane.isInputHeld()).isFalse();
        assertThat(journaled()).containsExactly("one", "two");
        assertThat(received()).endsWith("one", "two");
    }

    @Test
    void aRetryThatFailsIsFollowedByAnother() throws Exception {
        journal.failWrites(true);
        output.record(text("one"));
        output.flush();
        for (int i = 0; i < 3; i++) {
            timer.advance(Duration.ofSeconds(1));
            lane.runAll();
            assertThat(lane.isInputHeld()).isTrue();
            assertThat(timer.pending()).isEqualTo(1);
        }
        journal.failWrites(false);
        timer.advance(Duration.ofSeconds(1));
        lane.runAll();
        assertThat(journaled()).containsExactly("one");
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aFlushThatWorksCancelsTheRetry() throws Exception {
        journal.failWrites(true);
        output.record(text("one"));
        output.flush();
        journal.failWrites(false);
        assertThat(output.flush()).isTrue();
        assertThat(timer.pending()).isZero();
        assertThat(lane.isInputHeld()).isFalse();
    }

    @Test
    void whatWaitsForTheJournalRunsOnceItCanBeWritten() {
        var runs = new int[1];
        Runnable task = () -> runs[0]++;
        journal.failWrites(true);
        output.record(text("one"));
        output.flush();
        output.whenWritable(task);
        output.whenWritable(task);
        journal.failWrites(false);
        output.flush();
        lane.runAll();
        output.flush();
        lane.runAll();
        assertThat(runs[0]).isEqualTo(1);
    }

    @Test
    void aPromptThatCannotBeWrittenStaysInTheQueue() throws Exception {
        UUID uuid = UUID.randomUUID();
        Message user = UserMessages.prompt(uuid, "Hello");
        model.prompts().add(WaitingPrompt.of(uuid, user, null));
        journal.failWrites(true);
        assertThat(output.startPrompt(uuid, user)).isFalse();
        assertThat(model.prompts().isEmpty()).isFalse();
        journal.failWrites(false);
        assertThat(output.startPrompt(uuid, user)).isTrue();
        assertThat(model.prompts().isEmpty()).isTrue();
        assertThat(client.messages()).anyMatch(m -> uuid.toString().equals(m.uuid()));
    }

    @Test
    void theSessionObjectComesAfterEverythingElse() {
        output.markChanged();
        output.record(text("one"));
        output.flush();
        assertThat(client.messages().getLast().is("system", "oriel_session")).isTrue();
        int before = client.messages().size();
        output.flush();
        assertThat(client.messages()).as("and once").hasSize(before);
    }

    @Test
    void aNewSubscriberGetsTheHistoryThenTheCurrentState() {
        output.record(text("one"));
        output.flush();
        var late = new CollectingSubscriber(true);
        output.subscribe(late, 0L);
        late.await(m -> m.is("assistant"));
        awaitGreeting(late);
        assertThat(late.messages().getFirst().tree().path("text").asText()).isEqualTo("one");
        assertThat(late.messages().getLast().is("system", "oriel_session")).isTrue();
    }

    /// The reader thread posts the last step to the lane.
    private void awaitGreeting(CollectingSubscriber subscriber) {
        org.awaitility.Awaitility.await()
                .until(() -> {
                    lane.runAll();
                    return subscriber.messages().stream()
                            .anyMatch(m -> m.is("system", "oriel_session"));
                });
    }

    @Test
    void othersGetAnEventThatItsSenderDoesNot() {
        var other = new CollectingSubscriber(true);
        output.subscribe(other, null);
        other.messages().clear();
        output.sendToOthers(client, new Notice(Level.INFO, "code", "text"));
        assertThat(client.messages()).isEmpty();
        assertThat(other.messages()).hasSize(1);
    }

    @Test
    void theEndOfAnUnfinishedTurnIsRecordedAtOnce() throws Exception {
        SessionOutput reopened =
                output(new AgentExited(ExitCause.CRASHED, null, "It ended.", List.of()));
        assertThat(reopened.writtenSeq()).isEqualTo(1);
        assertThat(journal.messagesAfter(id, 0, 10).getFirst().message().subtype())
                .isEqualTo("oriel_agent_exited");
    }
}
