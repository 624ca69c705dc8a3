package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.journal.Journal;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionDetails;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.TrustQuestion;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.server.FaultyJournal;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was seen of an answer is kept, however the answer ends.
class PartialAnswerRecorderTest {
    @TempDir Path folder;
    private final ManualSessionLane lane = new ManualSessionLane();
    private final ManualTimer timer = new ManualTimer();
    private final UUID id = UUID.randomUUID();
    private FaultyJournal journal;
    private SessionOutput output;

    @BeforeEach
    void open() throws Exception {
        journal = new FaultyJournal(SqliteJournal.open(folder.resolve("oriel.db")));
        SessionRecord record = StoredSession.of(id).cwd("/").agent("cli").recency(1).record();
        journal.save(record);
        var budget = new SessionMemoryBudget(Long.MAX_VALUE);
        var model =
                new SessionModel(
                        new SessionDetails(record, budget),
                        new PromptQueue(journal, id, false, budget),
                        new PendingAsks(),
                        new TrustQuestion());
        output =
                new SessionOutput(
                        model,
                        lane,
                        journal,
                        timer,
                        new ManualClock(),
                        new SessionDirectory(List.of(record)),
                        0,
                        null);
        output.record(UserMessages.prompt(UUID.randomUUID(), "go"));
        output.flush();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void startText() throws Exception {
        delta(
                """
                {"type":"stream_event","event":{"type":"message_start","message":{"id":"msg_1"}}}\
                """);
        delta(
                """
                {"type":"stream_event","event":{"type":"content_block_start","index":0,\
                "content_block":{"type":"text","text":""}}}\
                """);
    }

    private void append(String text) throws Exception {
        delta(
                """
                {"type":"stream_event","event":{"type":"content_block_delta","index":0,\
                "delta":{"type":"text_delta","text":"%s"}}}\
                """
                        .formatted(text));
    }

    private void delta(String json) throws Exception {
        output.publishDelta(Message.parse(json));
        output.flush();
    }

    private void block(String members) throws Exception {
        output.recordAssistant(
                Message.parse(
                        """
                        {"type":"assistant",%s}\
                        """
                                .formatted(members)));
        output.flush();
    }

    private void textBlock(String text) throws Exception {
        block(
                """
                "message":{"id":"msg_1","content":[{"type":"text","text":"%s"}]}\
                """
                        .formatted(text));
    }

    private void saveDeltas() {
        timer.advance(Duration.ofMillis(PartialAnswerRecorder.SAVE_MILLIS));
        lane.runAll();
    }

    private List<JsonNode> journaled() throws Exception {
        return journaled(journal);
    }

    private List<JsonNode> journaled(Journal from) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (var entry : from.messagesAfter(id, 0, 100)) {
            all.add(Message.parse(entry.body()).tree());
        }
        return all;
    }

    private List<String> answers() throws Exception {
        return answers(journaled());
    }

    private static List<String> answers(List<JsonNode> messages) {
        return messages.stream()
                .filter(m -> m.path("type").asText().equals("assistant"))
                .map(m -> m.at("/message/content/0/text").asText())
                .toList();
    }

    private String saved() throws Exception {
        StringBuilder kept = new StringBuilder();
        for (Message m : journal.savedDeltas(id).events()) {
            kept.append(m.tree().at("/event/delta/text").asText());
        }
        return kept.toString();
    }

    /// As after `kill -9`: copies the files as they are now, and opens them with another server.
    private List<JsonNode> recoverFromCopies() throws Exception {
        Path copy = Files.createTempDirectory(folder, "copy");
        for (String name : List.of("oriel.db", "oriel.db-wal")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
        List<JsonNode> first = recoverFrom(copy);
        assertThat(recoverFrom(copy)).isEqualTo(first);
        return first;
    }

    private List<JsonNode> recoverFrom(Path copy) throws Exception {
        try (SqliteJournal found = SqliteJournal.open(copy.resolve("oriel.db"));
                Sessions after =
                        new Sessions(
                                found,
                                List.of(new ScriptedProvider()),
                                SessionPolicy.defaults(),
                                InstantSource.system())) {
            CollectingSubscriber late = new CollectingSubscriber(true);
            after.open(id).orElseThrow().subscribe(late, 0L);
            late.await(m -> m.is("system", "oriel_session"));
            return journaled(found);
        }
    }

    @Test
    void aPartialAnswerSurvivesTheServer() throws Exception {
        startText();
        append("It was");
        saveDeltas();
        append(" a dark");
        append(" night");
        saveDeltas();
        assertThat(saved()).isEqualTo("It was a dark night");

        List<JsonNode> found = recoverFromCopies();
        assertThat(answers(found)).containsExactly("It was a dark night");
        JsonNode kept = found.get(1);
        assertThat(kept.path("aborted").asBoolean()).isTrue();
        assertThat(kept.path("oriel_interrupted").asBoolean()).isTrue();
        assertThat(kept.at("/message/id").asText()).isEqualTo("msg_1");
        assertThat(found.getLast().path("subtype").asText()).isEqualTo("oriel_agent_exited");
    }

    @Test
    void whatArrivesIsSavedTogetherAfterAQuarterOfASecond() throws Exception {
        startText();
        append("It was");
        timer.advance(Duration.ofMillis(PartialAnswerRecorder.SAVE_MILLIS - 1));
        append(" a dark");
        lane.runAll();
        assertThat(saved()).isEmpty();
        assertThat(timer.pending()).as("one save").isEqualTo(1);
        timer.advance(Duration.ofMillis(1));
        lane.runAll();
        assertThat(saved()).isEqualTo("It was a dark");
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aCompleteAnswerIsRecoveredOnce() throws Exception {
        startText();
        append("It was");
        saveDeltas();
        textBlock("It was a dark night");
        assertThat(answers(recoverFromCopies())).containsExactly("It was a dark night");
    }

    @Test
    void aSubagentsBlockDoesNotCompleteTheAnswer() throws Exception {
        startText();
        append("It was");
        saveDeltas();
        block(
                """
                "parent_tool_use_id":"t1","message":{"content":[]}\
                """);
        assertThat(answers(recoverFromCopies())).containsExactly("", "It was");
    }

    @Test
    void whatWasSavedIsDeletedWhenTheAnswersAreFinished() throws Exception {
        startText();
        append("It was");
        saveDeltas();
        output.finishAllAnswers();
        output.flush();
        assertThat(answers()).containsExactly("It was");
        saveDeltas();
        assertThat(journal.savedDeltas(id).events()).isEmpty();
    }

    @Test
    void aSaveThatFailsIsRepeatedAsAWholeWithTheNextText() throws Exception {
        startText();
        append("It was");
        journal.failDeltas(true);
        saveDeltas();
        journal.failDeltas(false);
        assertThat(saved()).isEmpty();
        append(" a dark");
        saveDeltas();
        assertThat(saved()).isEqualTo("It was a dark");
    }

    @Test
    void aFinishedTurnLeavesTheAnswerOfABackgroundTaskOpen() throws Exception {
        startText();
        append("It was");
        delta(
                """
                {"type":"stream_event","parent_tool_use_id":"t1",\
                "event":{"type":"message_start","message":{"id":"msg_2"}}}\
                """);
        delta(
                """
                {"type":"stream_event","parent_tool_use_id":"t1","event":{"type":"content_block_start",\
                "index":0,"content_block":{"type":"text","text":"Still here"}}}\
                """);
        output.finishAnswer();
        output.flush();
        assertThat(answers()).containsExactly("It was");
        output.finishAllAnswers();
        output.flush();
        assertThat(answers()).containsExactly("It was", "Still here");
    }

    @Test
    void anErrorKeepsThePartialAnswer() throws Exception {
        startText();
        append("It was");
        block(
                """
                "error":"overloaded","message":{"id":"x","model":"<synthetic>",\
                "content":[{"type":"text","text":"API Error"}]}\
                """);
        assertThat(answers()).containsExactly("It was", "API Error");
    }

    @Test
    void anAnswerThatIsStreamedAgainIsJournaledOnce() throws Exception {
        startText();
        append("It was");
        startText();
        append("It was a dark");
        textBlock("It was a dark night");
        output.finishAnswer();
        output.flush();
        assertThat(answers()).containsExactly("It was a dark night");
    }
}
