package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.OrielProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is lost of an answer if the server or the CLI is killed while it is written.
@Timeout(180)
class KilledAnswerJourneyTest {
    private static final int KILLS = 2;
    private static final int PER_SECOND = 40;
    private static final int ENOUGH = 2 * PER_SECOND;

    /// A quarter of a second is promised for a machine that is not overloaded. Without checkpoints
    /// the whole answer, 2 s, would be lost.
    private static final long MOST_MISSING_MILLIS = 1_500;

    @TempDir Path folder;
    private final List<OrielProcess> started = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void needsTheJar() {
        assumeTrue(
                OrielProcess.isBuilt(),
                "skipped: oriel-server.jar is not built; run mvn package first");
    }

    @AfterEach
    void stop() {
        started.forEach(OrielProcess::close);
    }

    private OrielProcess serve(Path cli) {
        OrielProcess process =
                OrielProcess.start(
                        environment,
                        "serve",
                        "--port=0",
                        "--data=" + folder.resolve("data"),
                        "--claude=" + cli);
        started.add(process);
        return process;
    }

    /// An answer that takes much longer than the test.
    private FakeClaude slow() {
        return FakeClaude.in(folder.resolve("fake"))
                .turn(t ->
                        t.line(event("\"message_start\",\"message\":{\"id\":\"msg_1\"}"))
                                .line(
                                        event(
                                                "\"content_block_start\",\"index\":0,"
                                                        + "\"content_block\":{\"type\":\"text\","
                                                        + "\"text\":\"\"}"))
                                .paced(10_000, 300, false, PER_SECOND))
                .install();
    }

    private static String event(String rest) {
        return "{\"type\":\"stream_event\",\"event\":{\"type\":" + rest + "}}";
    }

    @Test
    void aKilledServerLosesAtMostTheTextSinceTheLastCheckpoint(TestReporter report)
            throws Exception {
        Path cli = slow().executable();
        for (int kill = 0; kill < KILLS; kill++) {
            OrielProcess server = serve(cli);
            UUID session = newSession(server);
            List<String> seen;
            try (NativeClient client = subscribe(server, session)) {
                client.sendPrompt("hello");
                // Each time at another distance from the last checkpoint.
                int enough = ENOUGH + 3 * kill;
                Awaitility.await().until(() -> deltas(client).size() >= enough);
                server.kill();
                server.exitCode();
                client.awaitClosed();
                seen = deltas(client);
            }
            OrielProcess again = serve(cli);
            String kept;
            try (NativeClient client = subscribe(again, session)) {
                client.awaitState("idle");
                kept = interrupted(client);
            }
            again.terminate();
            again.exitCode();
            assertThat(kept).isNotEmpty();
            String all = String.join("", seen);
            String shorter = kept.length() < all.length() ? kept : all;
            assertThat(kept).startsWith(shorter);
            assertThat(all).startsWith(shorter);
            long missing = Math.max(0, millis(seen.getLast()) - millis(kept));
            report.publishEntry(
                    "missing",
                    missing + " ms, " + (all.length() - shorter.length()) + " characters");
            assertThat(missing).isLessThan(MOST_MISSING_MILLIS);
        }
    }

    @Test
    void aKilledCliLosesNothingThatClientsReceived() throws Exception {
        FakeClaude fake = slow();
        OrielProcess server = serve(fake.executable());
        UUID session = newSession(server);
        List<String> seen;
        try (NativeClient client = subscribe(server, session)) {
            client.sendPrompt("hello");
            Awaitility.await().until(() -> deltas(client).size() >= PER_SECOND / 2);
            ProcessHandle.of(fake.pids().getLast()).orElseThrow().destroyForcibly();
            client.await("system", "oriel_agent_exited");
            seen = deltas(client);
        }
        assertIsKept(session, String.join("", seen), fake.executable());
    }

    @Test
    void aKilledRealCliLosesNothingThatClientsReceived() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        String[] pieces = {"It was ", "a dark ", "and stormy ", "night"};
        CountDownLatch never = new CountDownLatch(1);
        try (FakeMessagesApi api = FakeMessagesApi.start()) {
            api.replyTo(_ -> FakeReply.unfinished(never, pieces));
            environment = real.environment(api);
            OrielProcess server = serve(real.executable());
            UUID session = newSession(server);
            String all = String.join("", pieces);
            try (NativeClient client = subscribe(server, session)) {
                client.sendPrompt("hello");
                Awaitility.await().until(() -> String.join("", deltas(client)).equals(all));
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                client.await("system", "oriel_agent_exited");
            }
            assertIsKept(session, all, real.executable());
        } finally {
            never.countDown();
        }
    }

    /// The next server has the text of the last checkpoint, and the CLI does not continue without a
    /// server.
    @Test
    void aKilledServerKeepsTheAnswerOfTheRealCliWhichEndsWithIt() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("home"));
        CountDownLatch never = new CountDownLatch(1);
        try (FakeMessagesApi api = FakeMessagesApi.start()) {
            api.replyTo(_ -> FakeReply.unfinished(never, "It was a dark ", "and stormy night"));
            environment = real.environment(api);
            OrielProcess server = serve(real.executable());
            UUID session = newSession(server);
            List<ProcessHandle> family;
            try (NativeClient client = subscribe(server, session)) {
                client.sendPrompt("hello");
                Awaitility.await().until(() -> isKept("and stormy night"));
                family = server.descendants();
                server.kill();
                server.exitCode();
            }
            assertThat(family).isNotEmpty();
            Awaitility.await().until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
            try (NativeClient later = subscribe(serve(real.executable()), session)) {
                assertThat(interrupted(later)).isEqualTo("It was a dark and stormy night");
            }
        } finally {
            never.countDown();
        }
    }

    /// Whether a text is in the files of the journal.
    private boolean isKept(String text) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(f -> f.toString().contains(".db")).toList()) {
                String all = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (all.contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// In the server that received it, and in the next one.
    private void assertIsKept(UUID session, String text, Path cli) throws Exception {
        OrielProcess server = started.getLast();
        try (NativeClient late = subscribe(server, session)) {
            assertThat(interrupted(late)).isEqualTo(text);
        }
        server.kill();
        server.exitCode();
        try (NativeClient later = subscribe(serve(cli), session)) {
            assertThat(interrupted(later)).isEqualTo(text);
        }
    }

    private static List<String> deltas(NativeClient client) {
        return client.frames().stream()
                .filter(f -> f.at("/event/delta/type").asText().equals("text_delta"))
                .map(f -> f.at("/event/delta/text").asText())
                .toList();
    }

    private static String interrupted(NativeClient client) {
        JsonNode answer =
                client.await(
                        f -> f.path("oriel_interrupted").asBoolean(),
                        "answer that was interrupted");
        assertThat(client.frames()).filteredOn(f -> f.has("oriel_interrupted")).hasSize(1);
        return answer.at("/message/content/0/text").asText();
    }

    /// When the last piece of a text was written.
    private static long millis(String text) {
        int at = text.lastIndexOf(" at=") + 4;
        return Long.parseLong(text.substring(at, text.indexOf(' ', at))) / 1_000_000;
    }

    private String token() throws IOException {
        return Files.readString(folder.resolve("data/token")).strip();
    }

    private UUID newSession(OrielProcess server) throws Exception {
        int port = server.port();
        String body = Json.object().put("cwd", folder.toString()).toString();
        String reply =
                RawClient.exchange(
                        port,
                        ("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + "%s\r\nContent-Length: %d\r\n\r\n%s")
                                .formatted(token(), body.length(), body));
        JsonNode made = Json.mapper().readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4));
        return UUID.fromString(made.path("id").asText());
    }

    private NativeClient subscribe(OrielProcess server, UUID session) throws Exception {
        int port = server.port();
        return NativeClient.connect(
                port,
                "/v1/sessions/ws/%s/subscribe?after=0".formatted(session),
                "Authorization: Bearer " + token());
    }
}
