package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.LoginPolicy;
import dev.oriel.dialect.QueryMeter;
import dev.oriel.dialect.SendBudget;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.manual.RecordingPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queries of one client without a socket, above all those that do not end by themselves.
class QueryRunnerTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private final RecordingPeer peer = new RecordingPeer();
    private final ManualTimer timer = new ManualTimer();
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final AtomicInteger idle = new AtomicInteger();
    private SqliteJournal journal;
    private Sessions sessions;
    private QueryRunner runner;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal, List.of(agents), SessionPolicy.defaults(), InstantSource.system());
        var login =
                new LoginPolicy(
                        _ -> true,
                        false,
                        Duration.ofSeconds(1),
                        new FailedLogins(timer, () -> 0, () -> {}));
        var context =
                new DialectContext(
                        sessions,
                        journal,
                        login,
                        timer,
                        new RecordingQueries(),
                        new SendBudget(Long.MAX_VALUE, timer),
                        1024 * 1024,
                        true);
        runner =
                new QueryRunner(
                        peer,
                        context,
                        new SessionResolver(sessions, folder, null),
                        new ConnectionTools(_ -> {}),
                        Runnable::run,
                        idle::incrementAndGet);
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private void query(String prompt) throws Exception {
        runner.startQuery(prompt, QueryOptions.parse(MissingNode.getInstance(), false));
    }

    private void awaitFrame(String type) {
        await().until(() -> peer.types().contains(type));
    }

    @Test
    void aQueryIsCountedAndTheNextOneUsesTheSameSession() throws Exception {
        query("one");
        assertThat(runner.isBusy()).isTrue();
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitText("answer");
        agent.emitResult();
        await().until(() -> !runner.isBusy());
        assertThat(peer.types())
                .startsWith("query_start")
                .containsSubsequence("assistant_message", "result_message", "query_end");
        query("two");
        agents.awaitAgent(0, 2);
        assertThat(sessions.list()).hasSize(1);
        assertThat(counted).startsWith("started", "SUCCESS", "started");
        assertThat(idle).hasValue(1);
    }

    @Test
    void aClientThatDisconnectsDuringAQueryCancelsItOnce() throws Exception {
        query("one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        int before = peer.texts().size();
        runner.close();
        await().until(() -> agent.interrupts() > 0 || agent.isCloseRequested());
        agent.emitText("late");
        agent.emitResult();
        await().until(() -> sessions.list().getFirst().state().currentTurn().isEmpty());
        assertThat(counted).containsExactly("started", "CANCELLED");
        assertThat(peer.texts()).hasSize(before);
        assertThat(idle).hasValue(0);
    }

    @Test
    void aClientThatDisconnectsWithoutAQueryCountsNothing() {
        runner.close();
        assertThat(counted).isEmpty();
        assertThat(runner.isBusy()).isFalse();
    }

    @Test
    void theEndOfTheSessionEndsItsQueryAndTheNextOneHasASessionOfItsOwn() throws Exception {
        query("one");
        agents.awaitAgent(0, 1);
        sessions.delete(sessions.list().getFirst().id());
        awaitFrame("error");
        await().until(() -> !runner.isBusy());
        assertThat(peer.types().stream().filter("error"::equals))
                .as("the end of the agent and of the session")
                .hasSize(1);
        assertThat(counted).containsExactly("started", "ERROR");
        query("two");
        assertThat(agents.awaitAgent(1, 1).prompts()).hasSize(1);
        assertThat(sessions.list()).hasSize(1);
    }

    @Test
    void aCrashOfTheAgentEndsTheQueryWithItsReason() throws Exception {
        query("one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.exit(ExitCause.CRASHED, "out of memory");
        awaitFrame("error");
        await().until(() -> !runner.isBusy());
        assertThat(peer.frames().getLast().at("/data/error").asText())
                .isEqualTo("CLI process failed (exit code: 1)\nError output: out of memory");
        assertThat(counted).containsExactly("started", "ERROR");
    }

    @Test
    void anAgentThatCannotStartEndsTheQuery() throws Exception {
        agents.setUnavailable("There is no agent.");
        query("one");
        awaitFrame("error");
        await().until(() -> !runner.isBusy());
        assertThat(counted).containsExactly("started", "ERROR");
        agents.setUnavailable(null);
        query("two");
        assertThat(agents.awaitAgent(0, 1).prompts())
                .extracting(m -> UserMessages.text(m.tree()))
                .as("the first prompt does not run with the second")
                .containsExactly("two");
    }

    @Test
    void inputBetweenQueriesPrecedesTheNextPrompt() throws Exception {
        runner.addInput("first");
        assertThat(peer.types()).containsExactly("input_acknowledged");
        query("prompt");
        assertThat(agents.awaitAgent(0, 1).prompts())
                .extracting(m -> UserMessages.text(m.tree()))
                .containsExactly("first\n\nprompt");
    }

    @Test
    void anInterruptIsAcknowledgedOnceAndOnlyDuringAQuery() throws Exception {
        runner.interrupt();
        assertThat(peer.types()).isEmpty();
        query("one");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        runner.interrupt();
        runner.interrupt();
        await().until(() -> agent.interrupts() > 0);
        agent.emit(
                "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,"
                        + "\"terminal_reason\":\"aborted_streaming\"}");
        awaitFrame("query_cancelled");
        await().until(() -> !runner.isBusy());
        assertThat(peer.types().stream().filter("interrupt_acknowledged"::equals)).hasSize(1);
        assertThat(counted).containsExactly("started", "CANCELLED");
    }

    private final class RecordingQueries implements QueryMeter {
        @Override
        public void onStarted(String dialect) {
            counted.add("started");
        }

        @Override
        public void onFinished(String dialect, Outcome outcome, Duration duration) {
            counted.add(outcome.toString());
        }
    }
}
