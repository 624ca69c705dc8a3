package dev.oriel.account.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.account.Account;
import dev.oriel.account.SecretText;
import dev.oriel.account.check.CheckResult.Model;
import dev.oriel.account.check.CheckResult.Verdict;
import dev.oriel.client.transport.Transport;
import dev.oriel.testing.api.CannedHttpServer;
import dev.oriel.testing.api.CannedHttpServer.Reply;
import dev.oriel.testing.peer.TestCertificates;
import dev.oriel.testing.peer.TestPeer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The verdicts about accounts, by servers that reply as real ones do.
class KeyCheckTest {
    private static final String KEY = "sk-ant-canary-0123456789";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CannedHttpServer server = CannedHttpServer.messagesApi("opus-9", "haiku-9");

    @AfterEach
    void stop() {
        server.close();
    }

    private CheckResult check(Account.Kind kind, Account.Auth auth) throws Exception {
        return check(kind, auth, null);
    }

    private CheckResult check(Account.Kind kind, Account.Auth auth, @Nullable String model)
            throws Exception {
        return check(account(kind, auth, server.url(), model), LIMIT, Transport.plaintext());
    }

    private static CheckResult check(Account account, Duration limit, Transport transport)
            throws Exception {
        SecretText key = account.auth() == Account.Auth.NONE ? null : new SecretText(KEY);
        CheckResult result =
                new KeyCheck(
                                account,
                                key,
                                Map.of("x-gate", new SecretText("canary-gate")),
                                limit,
                                transport)
                        .run();
        assertThat(result.toJson().toString()).doesNotContain("canary");
        return result;
    }

    private static Account account(
            Account.Kind kind, Account.Auth auth, String url, @Nullable String model) {
        return new Account(
                "a", "A", kind, URI.create(url), auth, Map.of("x-team", "blue"), model, List.of());
    }

    private CheckResult checkKey() throws Exception {
        return check(Account.Kind.ANTHROPIC, Account.Auth.API_KEY);
    }

    private CheckResult checkLocal() throws Exception {
        return check(Account.Kind.LOCAL, Account.Auth.NONE);
    }

    @Test
    void aKeyThatWorksIsTriedWithTheSmallestModel() throws Exception {
        CheckResult result = checkKey();

        assertThat(result.verdict()).isEqualTo(Verdict.OK);
        assertThat(result.models())
                .containsExactly(
                        new Model("opus-9", "The opus-9"), new Model("haiku-9", "The haiku-9"));
        assertThat(result.lacks()).isEmpty();
        var message = server.requests().getLast();
        assertThat(message.path()).isEqualTo("/v1/messages");
        assertThat(message.body()).contains("\"haiku-9\"", "\"max_tokens\":1");
        assertThat(message.headers())
                .containsEntry("x-api-key", KEY)
                .containsEntry("x-gate", "canary-gate")
                .containsEntry("x-team", "blue")
                .containsEntry("anthropic-version", "2023-06-01")
                .doesNotContainKey("authorization");
    }

    @Test
    void aTokenIsSentAsBearer() throws Exception {
        check(Account.Kind.GATEWAY, Account.Auth.BEARER);

        assertThat(server.requests().getFirst().headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .doesNotContainKey("x-api-key");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error, invalid x-api-key, BAD_KEY",
        "403, permission_error, not allowed, BAD_KEY",
        "402, billing_error, pay, NO_CREDIT",
        "400, invalid_request_error, Your credit balance is too low, NO_CREDIT",
        "404, not_found_error, model: haiku-9, NO_MODELS",
        "400, invalid_request_error, messages: bad, NO_MODELS",
        "429, rate_limit_error, slow down, OK",
        "529, overloaded_error, Overloaded, OK",
        "405, x, x, NOT_MESSAGES_API"
    })
    void theReplyToAMessageDecides(int status, String type, String text, Verdict expected)
            throws Exception {
        server.on(
                "/v1/messages",
                status,
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s %s\"}}"
                        .formatted(type, text, KEY));

        assertThat(checkKey().verdict()).isEqualTo(expected);
    }

    @Test
    void aRefusedListOfModelsIsARefusedKey() throws Exception {
        server.on(
                "/v1/models",
                401,
                "{\"error\":{\"message\":\"Incorrect API key provided: sk-ant-ca***789.\"}}");

        CheckResult result = checkKey();

        assertThat(result.verdict()).isEqualTo(Verdict.BAD_KEY);
        assertThat(result.text()).contains("Incorrect API key provided: …").doesNotContain("***");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aWebPageIsNoMessagesApi() throws Exception {
        var page = new Reply(200, "text/html", "<html>Welcome</html>");
        server.on("/v1/models", _ -> page).on("/v1/messages", _ -> page);

        assertThat(checkKey().verdict()).isEqualTo(Verdict.NOT_MESSAGES_API);
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        server.on("/v1/models", _ -> new Reply(302, "text/html", ""))
                .on("/v1/messages", _ -> new Reply(302, "text/html", ""));

        assertThat(checkKey().verdict()).isEqualTo(Verdict.NOT_MESSAGES_API);
    }

    @Test
    void anOldLocalServerIsTold() throws Exception {
        server.on("/v1/messages", _ -> new Reply(404, "text/plain", "404 page not found"));

        CheckResult result = checkLocal();

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_MESSAGES_API);
        assertThat(result.text()).contains("Ollama since 0.14");
    }

    @Test
    void aServerWithoutModelsIsTold() throws Exception {
        server.on("/v1/models", 200, "{\"object\":\"list\",\"data\":[]}");

        assertThat(checkLocal().verdict()).isEqualTo(Verdict.NO_MODELS);
    }

    @Test
    void aServerWithoutAListOfModelsWorksWithANamedOne() throws Exception {
        server.on("/v1/models", 404, "{}");

        CheckResult result = check(Account.Kind.GATEWAY, Account.Auth.BEARER, "m-7");

        assertThat(result.verdict()).isEqualTo(Verdict.OK);
        assertThat(result.lacks()).containsExactly("model_list");
        assertThat(server.requests().get(1).body()).contains("\"m-7\"");
    }

    @Test
    void missingToolsAndTokenCountsAreFound() throws Exception {
        server.on("/v1/messages/count_tokens", 404, "{}")
                .on(
                        "/v1/messages",
                        r ->
                                r.body().contains("\"tools\"")
                                        ? Reply.json(
                                                400,
                                                "{\"type\":\"error\",\"error\":{\"message\":"
                                                        + "\"gemma does not support tools\"}}")
                                        : Reply.json(200, "{\"content\":[]}"));

        CheckResult result = checkLocal();

        assertThat(result.verdict()).isEqualTo(Verdict.OK);
        assertThat(result.lacks()).containsExactlyInAnyOrder("tools", "token_count");
    }

    @Test
    void nothingListensThere() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        CheckResult result =
                check(
                        account(
                                Account.Kind.LOCAL,
                                Account.Auth.NONE,
                                "http://127.0.0.1:" + free,
                                null),
                        LIMIT,
                        Transport.plaintext());

        assertThat(result.verdict()).isEqualTo(Verdict.UNREACHABLE);
        assertThat(result.text()).contains("127.0.0.1:" + free, "Is the server running?");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (TestPeer silent = new TestPeer()) {
            CheckResult result =
                    check(
                            account(
                                    Account.Kind.GATEWAY,
                                    Account.Auth.API_KEY,
                                    "http://127.0.0.1:" + silent.port(),
                                    null),
                            Duration.ofMillis(300),
                            Transport.plaintext());

            assertThat(result.verdict()).isEqualTo(Verdict.UNREACHABLE);
            assertThat(result.text()).contains("does not answer");
        }
    }

    @Test
    void anUnknownCertificateIsTold(@TempDir Path folder) throws Exception {
        try (TestPeer secure = TestPeer.secure(new TestCertificates(folder).server())) {
            CheckResult result =
                    check(
                            account(
                                    Account.Kind.GATEWAY,
                                    Account.Auth.API_KEY,
                                    "https://127.0.0.1:" + secure.port(),
                                    null),
                            LIMIT,
                            Transport.plaintext());

            assertThat(result.verdict()).isEqualTo(Verdict.TLS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 407})
    void aProxyThatRefusesIsTold(int status) throws Exception {
        try (TestPeer proxy = new TestPeer()) {
            Thread.ofVirtual().start(() -> refuse(proxy, status));
            Transport proxied =
                    Transport.of(
                            new Transport.Settings("127.0.0.1:" + proxy.port(), null, null, null));

            CheckResult result =
                    check(
                            account(
                                    Account.Kind.GATEWAY,
                                    Account.Auth.API_KEY,
                                    "https://gate.example",
                                    null),
                            LIMIT,
                            proxied);

            assertThat(result.verdict()).isEqualTo(Verdict.PROXY);
        }
    }

    private static void refuse(TestPeer proxy, int status) {
        try {
            proxy.accept().refuse(status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
