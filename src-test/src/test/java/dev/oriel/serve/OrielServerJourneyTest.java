package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.OrielProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real jar in a process of its own.
class OrielServerJourneyTest {
    @TempDir Path folder;
    private final List<OrielProcess> started = new ArrayList<>();

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

    private OrielProcess run(Map<String, String> environment, String... args) {
        OrielProcess process = OrielProcess.start(environment, args);
        started.add(process);
        return process;
    }

    private OrielProcess serve(String... more) {
        List<String> args = new ArrayList<>(List.of("serve", "--port", "0", "--data", data()));
        args.addAll(List.of(more));
        return run(Map.of(), args.toArray(String[]::new));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void listensBeforeItLoadsWhatOnlyClientsNeed() throws Exception {
        Path log = folder.resolve("classes.log");
        OrielProcess server =
                run(
                        Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                        "serve",
                        "--port=0",
                        "--data=" + data());
        assertThat(health(server.port())).startsWith("HTTP/1.1 200 ");
        server.terminate();
        assertThat(server.exitCode()).isZero();

        List<String> classes = Files.readAllLines(log);
        int json = first(classes, "com.fasterxml.jackson.databind.ObjectMapper ");
        assertThat(json).isGreaterThan(first(classes, "sun.nio.ch.ServerSocketChannelImpl "));
        assertThat(classes.subList(0, json))
                .noneMatch(line -> line.contains(" io.prometheus."))
                .noneMatch(line -> line.contains(" com.nimbusds."))
                .noneMatch(line -> line.contains(" io.github.bucket4j."))
                .noneMatch(line -> line.contains(" io.modelcontextprotocol."))
                .noneMatch(line -> line.contains(" java.net.http."));
    }

    private static int first(List<String> lines, String text) {
        int at = 0;
        while (!lines.get(at).contains(text)) {
            at++;
        }
        return at;
    }

    @Test
    void writesItsAddressesOnlyAndExitsNormally() throws Exception {
        OrielProcess server = serve("--agent", "demo");
        assertThat(server.firstLine())
                .matches("oriel-server listening on http://127\\.0\\.0\\.1:\\d+");
        assertThat(health(server.port())).startsWith("HTTP/1.1 200 ");
        assertThat(folder.resolve("data/token")).exists();
        server.terminate();
        assertThat(server.exitCode()).isZero();
        assertThat(server.out()).hasSize(1);
        assertThat(server.err()).isEmpty();
        assertThat(folder.resolve("data/oriel.db")).exists();
        assertThat(folder.resolve("data/oriel.db-wal")).doesNotExist();
    }

    @Test
    void noAgentIsLeftAfterItsEnd() throws Exception {
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .ignoringEverything()
                        .turn(t -> t.text("One moment").hang())
                        .install();
        OrielProcess server = serve("--claude", fake.executable().toString());
        try (NativeClient client = subscribe(server, newSession(server), 0)) {
            client.sendPrompt("hello");
            client.await("assistant");
            assertThat(server.descendants()).isNotEmpty();
            server.terminate();
            assertThat(client.awaitClosed().code()).isEqualTo(1001);
        }
        assertThat(server.exitCode()).isZero();
        assertThat(server.err()).isEmpty();
        Awaitility.await()
                .until(() ->
                        fake.pids().stream()
                                .noneMatch(p ->
                                        ProcessHandle.of(p)
                                                .map(ProcessHandle::isAlive)
                                                .orElse(false)));
    }

    @Test
    void whatAClientReceivedSurvivesAKillDuringAnAnswer() throws Exception {
        FakeClaude fake =
                FakeClaude.in(folder.resolve("fake"))
                        .turn(t -> t.paced(100_000, 400, true, 2_000))
                        .install();
        OrielProcess server = serve("--claude", fake.executable().toString());
        UUID session = newSession(server);
        List<String> seen;
        try (NativeClient client = subscribe(server, session, 0)) {
            client.sendPrompt("hello");
            Awaitility.await().until(() -> client.frames().size() > 1_000);
            server.kill();
            server.exitCode();
            client.awaitClosed();
            seen = client.texts().stream().filter(t -> t.startsWith("{\"seq\":")).toList();
        }
        assertThat(seen).hasSizeGreaterThan(900);
        OrielProcess again = serve("--claude", fake.executable().toString());
        try (NativeClient client = subscribe(again, session, 0)) {
            client.awaitState("idle");
            List<String> kept =
                    client.texts().stream().filter(t -> t.startsWith("{\"seq\":")).toList();
            assertThat(kept.subList(0, seen.size())).isEqualTo(seen);
            assertThat(client.seqs())
                    .isEqualTo(LongStream.rangeClosed(1, kept.size()).boxed().toList());
            JsonNode last = client.journaled().getLast();
            assertThat(last.path("subtype").asText()).isEqualTo("oriel_agent_exited");
            assertThat(last.path("text").asText()).contains("Oriel ended");
        }
    }

    @Test
    void agentsEndWithAKilledServer() throws Exception {
        FakeClaude polite =
                FakeClaude.in(folder.resolve("polite"))
                        .ignoringEndOfInput()
                        .turn(t -> t.text("One moment").hang())
                        .install();
        FakeClaude stubborn =
                FakeClaude.in(folder.resolve("stubborn"))
                        .ignoringEverything()
                        .turn(t -> t.text("One moment").hang())
                        .install();
        for (FakeClaude fake : List.of(polite, stubborn)) {
            OrielProcess server = serve("--claude", fake.executable().toString());
            try (NativeClient client = subscribe(server, newSession(server), 0)) {
                client.sendPrompt("hello");
                client.await("assistant");
                List<ProcessHandle> family = server.descendants();
                assertThat(family).isNotEmpty();
                server.kill();
                server.exitCode();
                Awaitility.await()
                        .atMost(Patience.LIMIT)
                        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
            }
        }
    }

    @Test
    void aTakenPortIsReportedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OrielProcess server =
                    run(
                            Map.of(),
                            "serve",
                            "--data",
                            data(),
                            "--port",
                            String.valueOf(taken.getLocalPort()));
            assertFailsWith(server, 1, "Port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void aDataFolderThatCannotBeUsedIsReportedInOneLine() throws Exception {
        OrielProcess first = serve();
        first.firstLine();
        assertFailsWith(serve(), 1, "Another Oriel is using this data folder");
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertFailsWith(
                run(Map.of(), "serve", "--port", "0", "--data", file.toString()),
                1,
                "The data folder");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("oriel.db"), "this is not a database ".repeat(100));
        assertFailsWith(
                run(Map.of(), "serve", "--port", "0", "--data", broken.toString()),
                1,
                "not a journal");
    }

    @Test
    void aWrongOptionIsReportedInOneLine() throws Exception {
        assertFailsWith(serve("--nonsense"), 2, "--nonsense");
        assertFailsWith(serve("--agent", "robot"), 2, "--agent");
        assertFailsWith(serve("--idle-timeout", "soon"), 2, "90s, 15m or 2h");
        assertFailsWith(serve("--max-sessions", "0"), 2, "--max-sessions");
        assertFailsWith(serve("--permission-mode", "yolo"), 2, "--permission-mode must be one of");
        assertFailsWith(run(Map.of(), "serve", "--port", "70000"), 2, "--port");
        assertFailsWith(run(Map.of(), "dance"), 2, "dance");
    }

    @Test
    void withoutATokenItListensOnLoopbackOnly() throws Exception {
        assertFailsWith(serve("--auth", "none", "--host", "0.0.0.0"), 1, "loopback");
        OrielProcess open = serve("--auth", "none");
        assertThat(
                        RawClient.exchange(
                                open.port(),
                                "GET /v1/sessions HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anInvalidConfigFileIsReportedInOneLine() throws Exception {
        Path config = Files.writeString(folder.resolve("wrong.conf"), "prot=1\n");
        assertFailsWith(serve("--config", config.toString()), 2, "unknown option 'prot'");
        assertFailsWith(serve("--config", "/no/such/file"), 2, "config file cannot be read");
        Path value = Files.writeString(folder.resolve("value.conf"), "max-sessions=many\n");
        assertFailsWith(serve("--config", value.toString()), 2, "--max-sessions");
    }

    @Test
    void optionsHavePrecedenceOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("oriel.conf"), "port=0\nagent=demo\nauth=none\n");
        OrielProcess fromFile = run(Map.of("ORIEL_DATA", data.toString()), "serve");
        assertThat(defaultAgent(fromFile)).isEqualTo("demo");
        fromFile.terminate();
        assertThat(fromFile.exitCode()).isZero();
        Map<String, String> environment =
                Map.of("ORIEL_DATA", data.toString(), "ORIEL_AGENT", "cli");
        OrielProcess fromEnvironment = run(environment, "serve");
        assertThat(defaultAgent(fromEnvironment)).isEqualTo("cli");
        fromEnvironment.terminate();
        assertThat(fromEnvironment.exitCode()).isZero();
        assertThat(defaultAgent(run(environment, "serve", "--agent", "demo"))).isEqualTo("demo");
    }

    @Test
    void helpAndVersionAreWrittenToStandardOutput() throws Exception {
        OrielProcess help = run(Map.of(), "serve", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(String.join("\n", help.out()))
                .contains("--port", "--idle-timeout", "ORIEL_IDLE_TIMEOUT", "6743");
        assertThat(help.err()).isEmpty();
        OrielProcess version = run(Map.of(), "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).singleElement().asString().matches("oriel-server \\d+\\..+");
    }

    private static void assertFailsWith(OrielProcess process, int code, String what)
            throws Exception {
        assertThat(process.exitCode()).isEqualTo(code);
        assertThat(process.out()).isEmpty();
        assertThat(process.err())
                .singleElement()
                .asString()
                .startsWith("oriel-server: ")
                .contains(what)
                .doesNotContain("Exception");
    }

    private String token() throws Exception {
        return Files.readString(folder.resolve("data/token")).strip();
    }

    private UUID newSession(OrielProcess server) throws Exception {
        String body = Json.object().put("cwd", folder.toString()).toString();
        String reply =
                RawClient.exchange(
                        server.port(),
                        ("POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + "%s\r\nContent-Length: %d\r\n\r\n%s")
                                .formatted(token(), body.length(), body));
        return UUID.fromString(json(reply).path("id").asText());
    }

    private NativeClient subscribe(OrielProcess server, UUID session, long after) throws Exception {
        return NativeClient.connect(
                server.port(),
                "/v1/sessions/ws/%s/subscribe?after=%d".formatted(session, after),
                "Authorization: Bearer " + token());
    }

    private static String defaultAgent(OrielProcess server) throws Exception {
        return json(RawClient.exchange(
                        server.port(), "GET /v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .path("default")
                .asText();
    }

    private static JsonNode json(String reply) throws Exception {
        return Json.mapper().readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4));
    }

    private static String health(int port) {
        return RawClient.exchange(port, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
}
