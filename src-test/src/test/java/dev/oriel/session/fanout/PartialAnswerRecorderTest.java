package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.CollectingSubscriber;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was seen of an answer is kept, however the answer ends.
class PartialAnswerRecorderTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private final CollectingSubscriber client = new CollectingSubscriber(true);
    private SqliteJournal journal;
    private Sessions sessions;
    private Session session;
    private ScriptedAgent agent;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal, List.of(agents), SessionPolicy.defaults(), InstantSource.system());
        UUID id = sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
        session = sessions.open(id).orElseThrow();
        session.subscribe(client, null);
        session.prompt(client, UserMessages.prompt(UUID.randomUUID(), "go"));
        agent = agents.awaitAgent(0, 1);
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private List<JsonNode> journaled() throws Exception {
        return journaled(journal);
    }

    private List<JsonNode> journaled(SqliteJournal from) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (var entry : from.messagesAfter(session.id(), 0, 100)) {
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

    private void awaitSaved(String text) {
        Awaitility.await()
                .until(() -> {
                    StringBuilder kept = new StringBuilder();
                    for (Message m : journal.savedDeltas(session.id()).events()) {
                        kept.append(m.tree().at("/event/delta/text").asText());
                    }
                    return kept.toString().equals(text);
                });
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
                                List.of(agents),
                                SessionPolicy.defaults(),
                                InstantSource.system())) {
            CollectingSubscriber late = new CollectingSubscriber(true);
            after.open(session.id()).orElseThrow().subscribe(late, 0L);
            late.await(m -> m.is("system", "oriel_session"));
            return journaled(found);
        }
    }

    @Test
    void aPartialAnswerSurvivesTheServer() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        awaitSaved("It was");
        agent.emitDelta(" a dark");
        agent.emitDelta(" night");
        awaitSaved("It was a dark night");

        List<JsonNode> found = recoverFromCopies();
        assertThat(answers(found)).containsExactly("It was a dark night");
        JsonNode kept = found.get(1);
        assertThat(kept.path("aborted").asBoolean()).isTrue();
        assertThat(kept.path("oriel_interrupted").asBoolean()).isTrue();
        assertThat(kept.at("/message/id").asText()).isEqualTo("msg_1");
        assertThat(found.getLast().path("subtype").asText()).isEqualTo("oriel_agent_exited");
    }

    @Test
    void aCompleteAnswerIsRecoveredOnce() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        awaitSaved("It was");
        agent.emitText("It was a dark night");
        client.await(m -> m.is("assistant"));
        assertThat(answers(recoverFromCopies())).containsExactly("It was a dark night");
    }

    @Test
    void aSubagentsBlockDoesNotCompleteTheAnswer() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        awaitSaved("It was");
        agent.emit(
                "{\"type\":\"assistant\",\"parent_tool_use_id\":\"t1\",\"message\":{\"content\":[]}}");
        client.await(m -> m.is("assistant"));
        assertThat(answers(recoverFromCopies())).containsExactly("", "It was");
    }

    @Test
    void aPartialAnswerIsJournaledBeforeTheAgentsExit() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        agent.exit(AgentEvent.ExitCause.CRASHED);
        client.await(m -> m.is("system", "oriel_agent_exited"));
        assertThat(answers()).containsExactly("It was");
        assertThat(journaled().getLast().path("subtype").asText()).isEqualTo("oriel_agent_exited");
        Awaitility.await().until(() -> journal.savedDeltas(session.id()).events().isEmpty());
    }

    @Test
    void aPartialAnswerIsJournaledBeforeTheResult() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        agent.emitResult();
        client.await(m -> m.is("result"));
        assertThat(answers()).containsExactly("It was");
        assertThat(journaled().getLast().path("type").asText()).isEqualTo("result");
    }

    @Test
    void anErrorKeepsThePartialAnswer() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        agent.emit(
                "{\"type\":\"assistant\",\"error\":\"overloaded\",\"message\":{\"id\":\"x\","
                        + "\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\",\"text\":\"API"
                        + " Error\"}]}}");
        agent.emitResult();
        client.await(m -> m.is("result"));
        assertThat(answers()).containsExactly("It was", "API Error");
    }

    @Test
    void anAnswerThatIsStreamedAgainIsJournaledOnce() throws Exception {
        agent.emitTextStart();
        agent.emitDelta("It was");
        agent.emitTextStart();
        agent.emitDelta("It was a dark");
        agent.emitText("It was a dark night");
        agent.emitResult();
        client.await(m -> m.is("result"));
        assertThat(answers()).containsExactly("It was a dark night");
    }
}
