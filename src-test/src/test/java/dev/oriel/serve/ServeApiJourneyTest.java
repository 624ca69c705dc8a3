package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.peer.TestCertificates;
import dev.oriel.testing.server.OrielProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `serve --agent api` as a process, with a Messages API on this computer.
class ServeApiJourneyTest {
    private static final String KEY = "sk-ant-canary-7f3a9c0d15e84b26";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeMessagesApi api;
    private @Nullable OrielProcess server;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                OrielProcess.isBuilt(),
                "skipped: oriel-server.jar is not built; run mvn package first");
        api = FakeMessagesApi.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private OrielProcess serve(String... more) throws IOException {
        return serve(Map.of(), more);
    }

    private OrielProcess serve(Map<String, String> variables, String... more) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path key = PrivateFiles.createNew(folder.resolve("key"));
        Files.writeString(key, KEY + "\n");
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "serve",
                                "--agent=api",
                                "--api-key-file=" + key,
                                "--base-url=" + api.url(),
                                "--model=claude-opus-5-5",
                                "--auth=none",
                                "--port=0",
                                "--data=" + folder.resolve("data")));
        args.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("AGENT_SERVER_API_KEY_PATH", managerKey().toString());
        OrielProcess started = OrielProcess.start(environment, args.toArray(String[]::new));
        server = started;
        return started;
    }

    /// The key of the manager dialect's clients.
    private Path managerKey() throws IOException {
        Path file = folder.resolve("manager-key");
        return Files.exists(file)
                ? file
                : Files.writeString(PrivateFiles.createNew(file), "a-key-of-the-manager\n");
    }

    private int send(String... arguments) {
        List<String> line = new ArrayList<>(List.of("send", "--timeout=60s"));
        line.addAll(List.of(arguments));
        CommandLine command = OrielServer.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "'', sessions",
        "/enhanced/ws, enhanced",
        "/relay/ws, relay",
        "/ws/claude, oneshot",
        "/manager/ws, manager"
    })
    void theModelAnswersInEveryDialect(String path, String kind) throws Exception {
        api.enqueue(FakeReply.text("A bay ", "window."));
        int port = serve().port();

        int code =
                send(
                        "--url=ws://127.0.0.1:" + port + path,
                        "--kind=" + kind,
                        "--token-file=" + managerKey(),
                        "What is it?");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("A bay window.\n");
        FakeMessagesApi.Request request = api.requests().getFirst();
        assertThat(request.key()).contains(KEY);
        assertThat(request.body().path("model").asText()).isEqualTo("claude-opus-5-5");
        assertThat(request.lastUserText()).contains("What is it?");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerOfAPrivateAuthorityIsReached(boolean byVariable) throws Exception {
        TestCertificates certificates =
                new TestCertificates(Files.createDirectory(folder.resolve("certificates")));
        api.close();
        api = FakeMessagesApi.startWithTls(certificates.server());
        api.enqueue(FakeReply.text("A bay window."));
        String authority = certificates.authority("server").toString();
        int port =
                byVariable
                        ? serve(Map.of("NODE_EXTRA_CA_CERTS", authority)).port()
                        : serve("--api-ca-file=" + authority).port();

        int code = send("--url=http://127.0.0.1:" + port, "What is it?");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("A bay window.\n");
    }

    @Test
    void aServerWhoseAuthorityIsUnknownGetsNoKey() throws Exception {
        TestCertificates certificates =
                new TestCertificates(Files.createDirectory(folder.resolve("certificates")));
        api.close();
        api = FakeMessagesApi.startWithTls(certificates.server());
        OrielProcess running = serve("--log-level=debug");

        send("--json", "--url=http://127.0.0.1:" + running.port(), "What is it?");
        running.terminate();
        running.exitCode();

        assertThat(api.requests()).isEmpty();
        assertThat(out.toString()).contains("certificate").doesNotContain("canary");
        assertThat(String.join("\n", running.err())).doesNotContain("canary");
        assertThat(filesWith("canary")).containsExactly("key");
    }

    @Test
    void aFileWithoutAuthoritiesIsRefused() throws Exception {
        OrielProcess refused = serve("--api-ca-file=" + Files.createFile(folder.resolve("ca.pem")));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(String.join("\n", refused.err()))
                .contains("--api-ca-file: The file ca.pem contains no certificates");
    }

    /// Whatever fails, the key is in no file but its own, in no output, and in no frame.
    @Test
    void theKeyIsNowhereElse() throws Exception {
        OrielProcess running = serve("--log-level=debug");
        String url = "http://127.0.0.1:" + running.port();
        String quoted = "Incorrect API key provided: " + KEY;
        List<FakeReply> faults =
                List.of(
                        FakeReply.failure(401, "authentication_error", quoted),
                        FakeReply.failure(403, "permission_error", quoted),
                        FakeReply.failure(400, "invalid_request_error", quoted),
                        FakeReply.failure(402, "billing_error", quoted),
                        FakeReply.failure(404, "not_found_error", quoted),
                        FakeReply.text("Fine."));
        for (FakeReply fault : faults) {
            api.clearQueue();
            api.enqueue(fault);
            send("--json", "--url=" + url, "Hello");
        }
        // These are tried again.
        for (FakeReply fault :
                List.of(
                        FakeReply.failure(500, "api_error", quoted),
                        FakeReply.failure(529, "overloaded_error", quoted),
                        FakeReply.page(502, "text/html", "<h1>" + quoted + "</h1>"),
                        FakeReply.reset())) {
            api.clearQueue();
            api.enqueue(fault, FakeReply.text("Fine."));
            send("--json", "--url=" + url, "Hello");
        }
        addAccount(url);
        assertThat(api.requests()).hasSizeGreaterThanOrEqualTo(faults.size());
        assertThat(api.requests()).allSatisfy(r -> assertThat(r.key()).contains(KEY));

        assertThat(commandLines(running)).isNotEmpty().doesNotContain("canary");
        running.terminate();
        running.exitCode();

        assertThat(out.toString()).contains("\"type\":\"result\"").doesNotContain("canary");
        assertThat(err.toString()).doesNotContain("canary");
        assertThat(String.join("\n", running.out())).doesNotContain("canary");
        assertThat(String.join("\n", running.err())).doesNotContain("canary");
        assertThat(filesWith("canary")).containsExactlyInAnyOrder("key", "data/keys.json");
    }

    /// An account with the same key, whose check fails.
    private void addAccount(String url) throws Exception {
        ObjectNode account =
                Json.object()
                        .put("kind", "gateway")
                        .put("base_url", "http://127.0.0.1:1")
                        .put("key", KEY);
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("/v1/accounts/check", "/v1/accounts")) {
                var reply =
                        http.send(
                                HttpRequest.newBuilder(URI.create(url + path))
                                        .POST(BodyPublishers.ofString(account.toString()))
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(reply.statusCode() / 100).isEqualTo(2);
                assertThat(reply.body()).doesNotContain("canary");
            }
        }
    }

    private static String commandLines(OrielProcess process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants());
        all.add(ProcessHandle.of(process.pid()).orElseThrow());
        StringBuilder lines = new StringBuilder();
        all.forEach(p -> lines.append(p.info().commandLine().orElse("?")).append('\n'));
        return lines.toString();
    }

    private List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) {
                    found.add(folder.relativize(file).toString().replace('\\', '/'));
                }
            }
        }
        return found;
    }
}
