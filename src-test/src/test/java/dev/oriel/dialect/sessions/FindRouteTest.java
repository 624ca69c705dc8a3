package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.server.FaultyJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindRouteTest {
    @TempDir Path folder;
    private SqliteJournal journal;
    private Sessions sessions;
    private FindRoute route;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(new ScriptedProvider()),
                        SessionPolicy.defaults(),
                        InstantSource.system());
        route = new FindRoute(sessions, journal);
        session = sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private static Message said(String type, String text) {
        var message = Json.object().put("type", type);
        message.putObject("message").put("content", text);
        return Message.of(message);
    }

    private void append(Message... messages) throws Exception {
        journal.append(session, 1, List.of(messages));
    }

    private static HttpCall call(Map<String, String> parameters) {
        return new HttpCall("GET", "/", parameters, Map.of(), new byte[0], true);
    }

    private static String list(HttpReply reply, String name) throws Exception {
        List<String> found = new ArrayList<>();
        JsonNode body = Json.parseObject(reply.body());
        body.path(name).forEach(h -> found.add(h.path("seq").asText() + ":" + h.path("count")));
        return String.join(" ", found);
    }

    @ParameterizedTest
    @CsvSource({
        "red, '', 4:1 2:1 1:2",
        "red, case=true, 4:1 1:1",
        "red, word=true, 4:1 1:2",
        "r.d, regex=true, 4:1 2:1 1:2",
        "red, before=4, 2:1 1:2",
        "red, after=1, 4:1 2:1",
        "red, after=1&before=4, 2:1",
        "blue, '', ''",
    })
    void messagesAreFoundNewestFirstWithTheNumberOfMatches(
            String query, String options, String hits) throws Exception {
        append(
                said("user", "Red or red"),
                said("assistant", "**Redder**"),
                said("assistant", "green"),
                said("user", "red"));
        Map<String, String> parameters = new HashMap<>(Map.of("q", query));
        for (String each : options.isEmpty() ? new String[0] : options.split("&")) {
            parameters.put(each.split("=")[0], each.split("=")[1]);
        }
        HttpReply reply = route.find(call(parameters), session.toString());
        assertThat(list(reply, "hits")).isEqualTo(hits);
        assertThat(Json.parseObject(reply.body()).has("next")).isFalse();
    }

    /// A reply has at most 2,000 elements, so the search continues from where it stopped.
    @Test
    void aLongSearchContinuesUntilAllMessagesWereRead() throws Exception {
        List<Message> many = new ArrayList<>();
        for (int i = 0; i < 5_500; i++) {
            many.add(said("user", "needle " + i));
        }
        journal.append(session, 1, many);
        List<Long> seqs = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>(Map.of("q", "needle"));
        JsonNode body;
        do {
            HttpReply reply = route.find(call(parameters), session.toString());
            body = Json.parseObject(reply.body());
            assertThat(body.path("hits")).hasSizeLessThanOrEqualTo(2_000);
            body.path("hits").forEach(h -> seqs.add(h.path("seq").asLong()));
            parameters.put("before", body.path("next").asText());
        } while (body.has("next"));
        assertThat(seqs).hasSize(5_500).doesNotHaveDuplicates();
        assertThat(seqs.getFirst()).isEqualTo(5_500);
        assertThat(seqs.getLast()).isEqualTo(1);
    }

    /// A reply can end in the middle of a page.
    @Test
    void aSearchWithFewerHitsThanMessagesFindsEachOnce() throws Exception {
        List<Message> many = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 1; i <= 6_000; i++) {
            many.add(said("user", i % 10 < 7 ? "needle" : "hay"));
            if (i % 10 < 7) {
                expected.addFirst((long) i);
            }
        }
        journal.append(session, 1, many);
        List<Long> seqs = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>(Map.of("q", "needle", "after", "13"));
        JsonNode body;
        do {
            HttpReply reply = route.find(call(parameters), session.toString());
            body = Json.parseObject(reply.body());
            assertThat(body.path("hits")).hasSizeLessThanOrEqualTo(2_000);
            body.path("hits").forEach(h -> seqs.add(h.path("seq").asLong()));
            parameters.put("before", body.path("next").asText());
        } while (body.has("next"));
        expected.removeIf(seq -> seq <= 13);
        assertThat(seqs).isEqualTo(expected);
    }

    /// Work on a virtual thread would keep one of the few carriers from everything else.
    @Test
    void searchesUseNoVirtualThreads() throws Exception {
        List<Message> many = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            many.add(said("user", "x"));
        }
        journal.append(session, 1, many);
        FaultyJournal watched = new FaultyJournal(journal);
        Queue<Boolean> virtual = new ConcurrentLinkedQueue<>();
        watched.whenPageIsRead(() -> virtual.add(Thread.currentThread().isVirtual()));
        FindRoute route = new FindRoute(sessions, watched);
        HttpReply reply =
                CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return route.find(
                                                call(Map.of("q", "y")), session.toString());
                                    } catch (Exception e) {
                                        throw new CompletionException(e);
                                    }
                                },
                                Thread::startVirtualThread)
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(virtual).isNotEmpty().containsOnly(false);
    }

    @Test
    void twoSearchesRunAtOnceAndOthersWait() throws Exception {
        append(said("user", "Red"));
        FaultyJournal watched = new FaultyJournal(journal);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore mayRead = new Semaphore(0);
        watched.whenPageIsRead(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            mayRead.acquireUninterruptibly();
            running.decrementAndGet();
        });
        FindRoute route = new FindRoute(sessions, watched);
        Queue<String> replies = new ConcurrentLinkedQueue<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            callers.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            HttpReply reply =
                                    route.find(call(Map.of("q", "red")), session.toString());
                            replies.add(list(reply, "hits"));
                        } catch (Exception e) {
                            replies.add(String.valueOf(e));
                        }
                    }));
        }
        Awaitility.await()
                .until(() ->
                        running.get() == 2
                                && callers.stream()
                                        .allMatch(c -> c.getState() == Thread.State.WAITING));
        assertThat(most).hasValue(2);
        mayRead.release(6);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(replies).hasSize(6).containsOnly("1:1");
        assertThat(most).hasValue(2);
    }

    @Test
    void aSearchThatFailsKeepsNoSlot() throws Exception {
        append(said("user", "Red"));
        FaultyJournal watched = new FaultyJournal(journal);
        FindRoute route = new FindRoute(sessions, watched);
        watched.failReads(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> route.find(call(Map.of("q", "red")), session.toString()))
                    .isInstanceOf(JournalException.class);
        }
        watched.failReads(false);
        assertThat(list(route.find(call(Map.of("q", "red")), session.toString()), "hits"))
                .isEqualTo("1:1");
    }

    private static Message sent(String content) throws Exception {
        return Message.parse("{\"type\":\"user\",\"message\":{\"content\":" + content + "}}");
    }

    @Test
    void aPromptWithoutTextIsListedWithWhatIsAttached() throws Exception {
        append(
                sent(
                        "[{\"type\":\"image\"},{\"type\":\"document\",\"title\":\"notes.pdf\"},"
                                + "{\"type\":\"document\"}]"),
                sent("[{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"Look\"}]"),
                sent(
                        "[{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\"}]},"
                                + "{\"type\":\"image\"}]"));
        JsonNode body = Json.parseObject(route.prompts(call(Map.of()), session.toString()).body());
        assertThat(body.path("prompts").toString())
                .isEqualTo(
                        "[{\"seq\":2,\"text\":\"Look\"},"
                                + "{\"seq\":1,\"text\":\"Image, notes.pdf, Document\"}]");
    }

    @Test
    void promptsOfTheUserAreListedWithTheirBeginning() throws Exception {
        var stamped = Json.object().put("type", "user").put("timestamp", "2026-03-01T10:00:00Z");
        stamped.putObject("message").put("content", "x".repeat(5_000));
        append(said("user", "First"), said("assistant", "No"), Message.of(stamped));
        JsonNode body = Json.parseObject(route.prompts(call(Map.of()), session.toString()).body());
        assertThat(body.path("prompts")).hasSize(2);
        assertThat(body.at("/prompts/0/timestamp").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(body.at("/prompts/0/text").asText()).hasSize(200).endsWith("…");
        assertThat(body.at("/prompts/1").toString()).isEqualTo("{\"seq\":1,\"text\":\"First\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "("})
    void aQueryThatIsNotValidIsRejected(String query) {
        assertThatThrownBy(() ->
                        route.find(call(Map.of("q", query, "regex", "true")), session.toString()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void anExpressionThatWouldTakeForEverIsTooSlowAndKeepsNoSlot() throws Exception {
        append(said("user", "a".repeat(3_000) + "!"));
        for (int i = 0; i < 3; i++) {
            HttpReply reply =
                    route.find(
                            call(Map.of("q", "((a*)(a*))*\\2b", "regex", "true")),
                            session.toString());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("too_slow");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "7b0c8dd2-6a5e-4b7e-9b0d-0d5e8f1f2a3b"})
    void anUnknownSessionIsNotFound(String id) throws Exception {
        assertThat(route.find(call(Map.of("q", "x")), id).status()).isEqualTo(404);
        assertThat(route.prompts(call(Map.of()), id).status()).isEqualTo(404);
    }
}
