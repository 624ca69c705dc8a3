package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.gateway.DialectPort;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.log.CapturedLog;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Logins of the manager dialect, and the errors of refused ones (wire.md 5.2).
class ManagerLoginSocketTest {
    private static final NativeClient.Closed REFUSED =
            new NativeClient.Closed(1008, "Authentication required");

    @TempDir Path folder;
    private ManagerServer manager;

    @AfterEach
    void stop() {
        manager.close();
    }

    private void start() {
        start(s -> s, c -> c);
    }

    private void start(UnaryOperator<ManagerSettings> settings, UnaryOperator<ServerConfig> setUp) {
        manager = ManagerServer.in(folder, settings, setUp, new ScriptedProvider());
    }

    private static void assertInside(NativeClient client) {
        client.send("{\"type\":\"list_sessions\"}");
        client.await("sessions_list");
    }

    private static void assertRefused(NativeClient client, String... frames) {
        assertThat(client.awaitClosed()).isEqualTo(REFUSED);
        assertThat(client.texts()).containsExactly(frames);
    }

    @Test
    void theKeyInTheUrlLogsInWithoutAFrame() {
        start();
        try (NativeClient client = manager.client()) {
            assertInside(client);
            assertThat(client.frames()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?token=", "?token=wrong", "?other=" + KEY})
    void withoutTheKeyInTheUrlTheFirstFrameMayShowIt(String query) {
        start();
        try (NativeClient client = manager.connect(query)) {
            client.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
            client.await("auth_success");
            assertThat(client.texts()).containsExactly("{\"type\":\"auth_success\"}");
            assertInside(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + KEY, "  " + KEY + " ", " Bearer   " + KEY + "\\n"})
    void theKeyCanHaveABearerPrefixAndBlanks(String token) {
        start();
        try (NativeClient client = manager.connect("")) {
            client.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
            client.await("auth_success");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"auth\",\"token\":\"wrong\"}|Invalid authentication token",
                "{\"type\":\"auth\",\"token\":\"\"}|Invalid authentication token",
                "{\"type\":\"auth\"}|Invalid authentication token",
                "{\"type\":\"list_sessions\"}|First message must be authentication",
                "{}|First message must be authentication",
                "{\"type\":\"auth\",\"token\":17}|Authentication failed",
                "{\"type\":\"auth\",\"token\":null}|Authentication failed",
                "{\"type\":\"auth\",\"token\":[\"" + KEY + "\"]}|Authentication failed",
                "[]|Authentication failed",
                "\"" + KEY + "\"|Authentication failed",
                "not json|Authentication failed",
            })
    void anotherFirstFrameIsAnsweredAndRefused(String frame, String message) {
        start();
        try (NativeClient client = manager.connect("")) {
            client.send(frame);
            assertRefused(client, "{\"type\":\"error\",\"message\":\"" + message + "\"}");
        }
    }

    @Test
    void aBinaryOrAnEndlessFirstFrameIsRefused() {
        start();
        String failed = "{\"type\":\"error\",\"message\":\"Authentication failed\"}";
        try (NativeClient binary = manager.connect("");
                NativeClient endless = manager.connect("")) {
            binary.send(
                    ("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
            endless.send("{\"type\":\"auth\",\"token\":\"" + "x".repeat(10_000) + "\"}");
            assertRefused(binary, failed);
            assertRefused(endless, failed);
        }
    }

    @Test
    void aClientWithoutALoginIsRefusedAfterTheTimeout() {
        start(s -> s, ServerSetUp.limits(ServerSetUp.small()));
        try (NativeClient client = manager.connect("")) {
            assertRefused(client, "{\"type\":\"error\",\"message\":\"Authentication failed\"}");
        }
    }

    @Test
    void theLoginTimeoutEndsWithTheLogin() throws Exception {
        start(s -> s, ServerSetUp.limits(ServerSetUp.small()));
        try (NativeClient patient = manager.connect("");
                NativeClient silent = manager.connect("")) {
            patient.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
            patient.await("auth_success");
            silent.awaitClosed();
            assertInside(patient);
        }
    }

    @Test
    void framesSentDirectlyAfterTheLoginAreHandled() {
        start();
        try (NativeClient client = manager.connect("")) {
            client.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
            client.send("{\"type\":\"ping\",\"timestamp\":\"2026-01-02T03:04:05Z\"}");
            client.send("{\"type\":\"list_sessions\"}");
            client.await("sessions_list");
            assertThat(client.frames())
                    .extracting(f -> f.path("type").asText())
                    .containsExactly("auth_success", "pong", "sessions_list");
        }
    }

    @Test
    void aSecondLoginHasNoEffectEvenAWrongOne() {
        start();
        try (NativeClient client = manager.client()) {
            client.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
            client.send("{\"type\":\"auth\",\"token\":\"wrong\"}");
            assertInside(client);
            assertThat(client.frames()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "   "})
    void anEmptyKeyAdmitsNoClient(String key) {
        start();
        ManagerServer.write(manager.keyFile(), key);
        for (String query : List.of("", "?token=", "?token=%20")) {
            try (NativeClient client = manager.connect(query)) {
                assertRefused(client);
            }
        }
    }

    @Test
    void withoutAKeyFileNoClientIsAdmittedAndNoFrameIsSent() throws Exception {
        start();
        Files.delete(manager.keyFile());
        try (NativeClient client = manager.client()) {
            assertRefused(client);
        }
    }

    @ParameterizedTest
    @DisabledOnOs(OS.WINDOWS)
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void aKeyThatOtherUsersCanReadOrChangeIsRejectedAndTheLogNamesTheRemedy(String rights)
            throws Exception {
        start();
        Files.setPosixFilePermissions(manager.keyFile(), PosixFilePermissions.fromString(rights));
        try (var log = CapturedLog.of(ApiKey.class);
                NativeClient client = manager.client()) {
            assertRefused(client);
            assertThat(log.lines()).singleElement().asString().contains("chmod 600");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeyInAFolderThatAllUsersCanWriteIsRejected() throws Exception {
        start();
        Files.setPosixFilePermissions(
                manager.keyFile().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        try (NativeClient client = manager.client()) {
            assertRefused(client);
        }
    }

    @Test
    void theKeyIsReadAgainForEveryConnection() throws Exception {
        start();
        try (NativeClient before = manager.client()) {
            assertInside(before);
            ManagerServer.write(manager.keyFile(), "  renewed\t\n");
            try (NativeClient stale = manager.client()) {
                stale.send("{\"type\":\"auth\",\"token\":\"" + KEY + "\"}");
                assertThat(stale.awaitClosed()).isEqualTo(REFUSED);
            }
            try (NativeClient fresh = manager.connect("?token=renewed")) {
                assertInside(fresh);
            }
            before.send("{\"type\":\"ping\"}");
            before.await("pong");
        }
    }

    @Test
    void theSecondKeyFileIsUsedIfTheFirstDoesNotExist() throws Exception {
        start();
        ManagerServer.write(folder.resolve("home/.claude/analytics_data/.secret"), "second");
        try (NativeClient client = manager.connect("?token=second")) {
            client.send("{\"type\":\"auth\",\"token\":\"second\"}");
            assertRefused(
                    client, "{\"type\":\"error\",\"message\":\"Invalid authentication token\"}");
        }
        Files.delete(manager.keyFile());
        try (NativeClient client = manager.connect("?token=second")) {
            assertInside(client);
        }
    }

    @Test
    void theServersOwnTokenIsNotTheKey() {
        start();
        String token = manager.server().server().token();
        try (NativeClient client =
                NativeClient.connect(
                        manager.port(), "/ws?token=" + token, "Authorization: Bearer " + token)) {
            client.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
            assertThat(client.awaitClosed()).isEqualTo(REFUSED);
        }
    }

    @Test
    void theMainPortAsksForTheKeyEvenWhereTheServerNeedsNoToken() {
        start(s -> s, ServerSetUp.withoutToken());
        int port = manager.server().port();
        try (NativeClient client = NativeClient.connect(port, "/manager/ws?token=" + KEY);
                NativeClient other = NativeClient.connect(port, "/manager/ws")) {
            assertInside(client);
            other.send("{\"type\":\"list_sessions\"}");
            assertThat(other.awaitClosed()).isEqualTo(REFUSED);
        }
    }

    @Test
    void withoutALoginOnLoopbackEachClientIsAdmitted() throws Exception {
        start(s -> s.withAuthEnabled(false), c -> c);
        Files.delete(manager.keyFile());
        try (NativeClient client = manager.connect("")) {
            client.send("{\"type\":\"auth\",\"token\":\"whatever\"}");
            assertInside(client);
            assertThat(client.frames()).hasSize(1);
        }
    }

    @Test
    void theLoginCannotBeDisabledOnPortsThatAreNotLoopback() {
        start(
                s -> s.withAuthEnabled(false),
                c -> c.withDialectPorts(List.of(new DialectPort("manager", "0.0.0.0", 0))));
        try (NativeClient without = manager.connect("");
                NativeClient with = manager.client()) {
            without.send("{\"type\":\"list_sessions\"}");
            assertThat(without.awaitClosed()).isEqualTo(REFUSED);
            assertInside(with);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://evil.example", "Host: evil.example"})
    void aForeignOriginOrHostIsRefusedEvenWithTheKey(String header) {
        start();
        assertThatThrownBy(() -> NativeClient.connect(manager.port(), "/ws?token=" + KEY, header))
                .isInstanceOf(IllegalStateException.class);
    }
}
