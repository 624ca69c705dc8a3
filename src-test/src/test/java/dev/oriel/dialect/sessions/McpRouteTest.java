package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpRouteTest {
    @TempDir Path folder;
    private final ScriptedProvider agents = new ScriptedProvider();
    private SqliteJournal journal;
    private Sessions sessions;
    private McpRoute route;
    private String session;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal, List.of(agents), SessionPolicy.defaults(), InstantSource.system());
        route = new McpRoute(sessions);
        session =
                sessions.create(SessionSpec.builder("sessions").cwd(folder).build())
                        .id()
                        .toString();
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private int add(String name) throws Exception {
        ObjectNode body = Json.object().put("scope", "user").put("name", name);
        body.putObject("server").put("command", "npx");
        return route.add(session, body).status();
    }

    @Test
    void serversAreAddedOneAfterTheOther() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch mayEnd = new CountDownLatch(1);
        agents.setMcpRegistry((_, _, _, _) -> {
            begun.incrementAndGet();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AgentUnavailableException("interrupted", e);
            }
        });
        FutureTask<Integer> one = new FutureTask<>(() -> add("one"));
        FutureTask<Integer> two = new FutureTask<>(() -> add("two"));
        List<Thread> threads = List.of(new Thread(one), new Thread(two));
        threads.forEach(Thread::start);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING)
                                && begun.get() > 0);

        assertThat(begun).hasValue(1);

        mayEnd.countDown();
        assertThat(List.of(one.get(), two.get())).containsExactly(201, 201);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aRefusalOfTheAgentIsReported() throws Exception {
        agents.setMcpRegistry((_, _, _, _) -> {
            throw new AgentUnavailableException("It exists already.");
        });
        assertThat(add("one")).isEqualTo(503);
    }
}
