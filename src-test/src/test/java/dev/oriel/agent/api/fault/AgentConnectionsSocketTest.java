package dev.oriel.agent.api.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.SocketAgent;
import dev.oriel.agent.api.connect.AccountConnections;
import dev.oriel.agent.api.wire.MessagesApiFactory;
import dev.oriel.agent.api.wire.ReachedApis;
import dev.oriel.client.transport.Transport;
import dev.oriel.testing.api.RawServer;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.peer.TestCertificates;
import dev.oriel.testing.peer.TestProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways to a server that fail, and servers that ask to wait, with a whole agent.
class AgentConnectionsSocketTest {
    @TempDir static Path ofAll;

    /// Made once: the tool that makes them is slow.
    @SuppressWarnings("NullAway.Init")
    private static TestCertificates certificates;

    @TempDir Path temp;
    private FakeMessagesApi api;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(ofAll);
    }

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start().strict();
    }

    @AfterEach
    void end() {
        api.close();
    }

    private SocketAgent agent(MessagesApiFactory connections, String url) throws Exception {
        return new SocketAgent(api, temp, connections, Map.of("ANTHROPIC_BASE_URL", url));
    }

    /// The first turn fails with these words.
    private static void fails(SocketAgent agent, int retries, String... said) throws Exception {
        JsonNode result = agent.turn("hi");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.path("terminal_reason").asText()).isEqualTo("api_error");
        assertThat(agent.report()).contains(said).isEqualTo(result.path("result").asText());
        assertThat(agent.errorName()).isEqualTo("server_error");
        assertThat(agent.pauses).hasSize(retries);
        agent.tellsNoSecret();
        agent.filesAreUntouched();
    }

    @Test
    void aServerThatIsNotRunning() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (SocketAgent agent = agent(new AccountConnections(), "http://127.0.0.1:" + port)) {
            fails(agent, 10, "127.0.0.1:" + port, "refused", "running");
        }
    }

    @Test
    void aServerThatResetsConnections() throws Exception {
        try (RawServer server = RawServer.resetting();
                SocketAgent agent =
                        agent(new AccountConnections(), "http://127.0.0.1:" + server.port())) {
            fails(agent, 10, "The connection to 127.0.0.1:" + server.port());
            assertThat(server.connections()).isGreaterThanOrEqualTo(11);
        }
    }

    @Test
    void aServerOfAnotherProtocol() throws Exception {
        try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.9\r\n");
                SocketAgent agent =
                        agent(new AccountConnections(), "http://127.0.0.1:" + server.port())) {
            fails(agent, 10, "127.0.0.1:" + server.port());
        }
    }

    @Test
    void aNameThatDoesNotExist() throws Exception {
        try (SocketAgent agent =
                agent(new ReachedApis(Transport.plaintext()), "https://no-such-host.invalid")) {
            fails(agent, 10, "no-such-host.invalid", "not found");
        }
    }

    @Test
    void aCertificateThatNobodyTrusts() throws Exception {
        try (FakeMessagesApi secure = FakeMessagesApi.startWithTls(certificates.server());
                SocketAgent agent = agent(new AccountConnections(), secure.url())) {
            fails(agent, 0, "certificate of 127.0.0.1", "not trusted");
            assertThat(secure.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherName() throws Exception {
        try (FakeMessagesApi secure = FakeMessagesApi.startWithTls(certificates.server());
                TestProxy proxy = new TestProxy(port(secure.url()));
                SocketAgent agent =
                        agent(
                                new ReachedApis(through(proxy.address(), certificates)),
                                "https://other.test")) {
            fails(agent, 0, "certificate of other.test", "not trusted");
            assertThat(secure.requests()).isEmpty();
        }
    }

    @Test
    void aTrustedServerBehindAProxyIsReached() throws Exception {
        try (FakeMessagesApi secure = FakeMessagesApi.startWithTls(certificates.server()).strict();
                TestProxy proxy = new TestProxy(port(secure.url()));
                SocketAgent agent =
                        agent(
                                new ReachedApis(through(proxy.address(), certificates)),
                                "https://server.test")) {
            secure.enqueue(FakeReply.text("Hello"));
            assertThat(agent.turn("hi").path("result").asText()).isEqualTo("Hello");
            assertThat(secure.problems()).isEmpty();
            assertThat(proxy.targets()).contains("server.test:443");
        }
    }

    @Test
    void aServerWithoutTlsAtAnAddressWithTls() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 400 Bad Request\r\n\r\nNo TLS here");
                SocketAgent agent =
                        agent(new AccountConnections(), "https://127.0.0.1:" + server.port())) {
            fails(agent, 0, "TLS with 127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden,10,proxy refuses the connection to server.test",
        "502 Bad Gateway,10,proxy refuses the connection to server.test",
    })
    void aProxyThatRefuses(String status, int retries, String said) throws Exception {
        try (RawServer proxy =
                        RawServer.answering(
                                "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                SocketAgent agent =
                        agent(
                                new ReachedApis(through("127.0.0.1:" + proxy.port(), certificates)),
                                "https://server.test")) {
            fails(agent, retries, said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://server.test", "http://server.test"})
    void aProxyThatWantsALogin(String url) throws Exception {
        try (RawServer proxy =
                        RawServer.answering(
                                String.join(
                                        "\r\n",
                                        "HTTP/1.1 407 Proxy Authentication Required",
                                        "Proxy-Authenticate: Basic realm=\"x\"",
                                        "Content-Length: 0",
                                        "",
                                        ""));
                SocketAgent agent =
                        agent(
                                new ReachedApis(through("127.0.0.1:" + proxy.port(), certificates)),
                                url)) {
            JsonNode result = agent.turn("hi");
            assertThat(result.path("is_error").asBoolean()).isTrue();
            assertThat(agent.report()).contains("proxy", "login");
            assertThat(agent.pauses).isEmpty();
            agent.tellsNoSecret();
        }
    }

    @Test
    void aStreamThatStalls() throws Exception {
        ReachedApis connections = new ReachedApis(Transport.plaintext());
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch timeStands = new CountDownLatch(1);
        try (SocketAgent agent = agent(connections, api.url())) {
            api.enqueue(
                    FakeReply.text("Half ", "of it").stallingAfterEvent(3, never),
                    FakeReply.text("and the rest"));
            api.refusing(r -> {
                if (!api.requests().getFirst().equals(r)) {
                    awaitOpen(timeStands);
                }
                return null;
            });
            agent.run().send("hi");
            agent.run().events.awaitMessage(m -> m.tree().toString().contains("text_delta"));
            await().atMost(Patience.LIMIT)
                    .until(() -> {
                        if (api.requests().size() < 2) {
                            connections.pass(Duration.ofSeconds(90));
                        }
                        return api.requests().size() == 2;
                    });
            timeStands.countDown();
            JsonNode result = agent.run().finish();
            assertThat(result.path("result").asText()).isEqualTo("and the rest");
            assertThat(agent.run().events.wholeText()).contains("Half ");
            agent.goesOn();
        } finally {
            never.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"retry-after,7,PT7S", "retry-after,0,PT0S", "retry-after-ms,1500,PT1.5S"})
    void aServerThatAsksToWait(String header, String value, Duration wait) throws Exception {
        try (SocketAgent agent = agent(new AccountConnections(), api.url())) {
            api.enqueue(
                    FakeReply.failure(429, "rate_limit_error", "Wait.").withHeader(header, value),
                    FakeReply.text("Hello"));
            assertThat(agent.turn("hi").path("result").asText()).isEqualTo("Hello");
            assertThat(agent.pauses).containsExactly(wait);
            JsonNode retry =
                    agent.run().events.awaitMessage(m -> "api_retry".equals(m.subtype())).tree();
            assertThat(retry.path("retry_delay_ms").asLong()).isEqualTo(wait.toMillis());
        }
    }

    /// The date of a server whose clock is wrong is compared with its own time.
    @ParameterizedTest
    @CsvSource({"30,PT30S", "-30,PT0S"})
    void aServerThatAsksToWaitUntilADate(int seconds, Duration wait) throws Exception {
        Instant itsTime = Instant.parse("2025-01-02T03:04:05Z");
        String answer =
                "HTTP/1.1 503 Service Unavailable\r\nDate: "
                        + date(itsTime)
                        + "\r\nRetry-After: "
                        + date(itsTime.plusSeconds(seconds))
                        + "\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.answering(answer);
                SocketAgent agent =
                        agent(new AccountConnections(), "http://127.0.0.1:" + server.port())) {
            fails(agent, 10, "HTTP 503");
            assertThat(agent.pauses).containsOnly(wait);
        }
    }

    @Test
    void aServerThatAsksToWaitForLongIsNotWaitedFor() throws Exception {
        try (SocketAgent agent = agent(new AccountConnections(), api.url())) {
            api.refusing(_ ->
                    FakeReply.failure(429, "rate_limit_error", "Weekly limit reached")
                            .withHeader("retry-after", "7200"));
            assertThat(agent.turn("hi").path("is_error").asBoolean()).isTrue();
            assertThat(agent.report()).contains("Weekly limit reached", "2 hours");
            assertThat(agent.errorName()).isEqualTo("rate_limit");
            assertThat(agent.pauses).isEmpty();
            agent.goesOn();
        }
    }

    private static Transport through(String proxy, TestCertificates certificates) throws Exception {
        return Transport.of(
                new Transport.Settings(proxy, certificates.authority("server"), null, null));
    }

    private static int port(String url) {
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
