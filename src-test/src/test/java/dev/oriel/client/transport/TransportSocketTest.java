package dev.oriel.client.transport;

import static dev.oriel.client.compat.protocol.EffectSummary.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.connect.Chat;
import dev.oriel.client.connect.ServerDetection;
import dev.oriel.client.transport.Transport.Settings;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.peer.TestCertificates;
import dev.oriel.testing.peer.TestPeer;
import dev.oriel.testing.peer.TestProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Proxies and certificates, with a TLS server that accepts one client certificate only.
class TransportSocketTest {
    @TempDir Path folder;

    private TestCertificates certificates;
    private TestPeer peer;
    private @Nullable Chat chat;

    @BeforeEach
    void start() throws Exception {
        certificates = new TestCertificates(folder);
        peer = TestPeer.secure(certificates.server());
    }

    @AfterEach
    void end() throws IOException {
        if (chat != null) {
            chat.close();
        }
        peer.close();
    }

    private Settings choice(String proxy, boolean known) {
        return new Settings(
                proxy,
                certificates.authority("server"),
                known ? certificates.store("client") : null,
                known ? certificates.passwordFile() : null);
    }

    private CompletableFuture<SessionInfo> connect(String url, Settings choice) throws Exception {
        Chat opened =
                new Chat(
                        ServerKind.RELAY,
                        ServerAddress.parse(url),
                        () -> "",
                        Transport.of(choice),
                        NewSessionRequest.DEFAULTS,
                        _ -> {});
        chat = opened;
        return opened.opened();
    }

    @Test
    void aClientWithAKnownCertificateIsAccepted() throws Exception {
        var begun = connect("wss://127.0.0.1:" + peer.port() + "/ws", choice("none", true));
        peer.accept().upgrade().sendText(frame("{'type':'connected'}"));
        begun.get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aClientWithoutItsCertificateFailsSoon() throws Exception {
        var begun = connect("wss://127.0.0.1:" + peer.port() + "/ws", choice("none", false));
        assertThat(begun)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                // With TLS 1.3 the server refuses after the client's part of the handshake, and the
                // JDK's client only notices that nothing is received.
                .withMessageMatching(".*(client certificate|did not answer in time).*");
    }

    @Test
    void aServerWithAnUnknownCertificateIsNotTrusted() throws Exception {
        var begun = connect("wss://127.0.0.1:" + peer.port() + "/ws", Settings.DEFAULTS);
        assertThat(begun)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("certificate is not trusted");
    }

    @Test
    void theProxyIsUsedAlsoForTheDetection() throws Exception {
        try (TestProxy proxy = new TestProxy(peer.port())) {
            Transport way = Transport.of(choice(proxy.address(), true));
            var kind =
                    ServerDetection.detect(
                            ServerAddress.parse("wss://server.test/ws"), () -> "", way);
            peer.accept().upgrade().sendText(frame("{'type':'connected'}")).close(1000);
            assertThat(kind.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(ServerKind.RELAY);

            var begun = connect("wss://server.test/ws", choice(proxy.address(), true));
            peer.accept().upgrade().sendText(frame("{'type':'connected'}"));
            begun.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(proxy.targets()).containsExactly("server.test:443", "server.test:443");
        }
    }

    @Test
    void loopbackIsReachedWithoutTheProxy() throws Exception {
        try (TestProxy proxy = new TestProxy(peer.port())) {
            var begun =
                    connect(
                            "wss://127.0.0.1:" + peer.port() + "/ws",
                            choice(proxy.address(), true));
            peer.accept().upgrade().sendText(frame("{'type':'connected'}"));
            begun.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(proxy.targets()).isEmpty();
        }
    }

    /// Java's default selector stands for the system's settings.
    @Test
    void theSystemsProxyIsUsedExceptForLoopback() throws Exception {
        assumeTrue(
                System.getenv().keySet().stream()
                        .noneMatch(n -> n.toLowerCase(Locale.ROOT).endsWith("s_proxy")),
                "skipped: the environment names a proxy, which counts before the system's");
        ProxySelector before = ProxySelector.getDefault();
        try (TestProxy proxy = new TestProxy(peer.port())) {
            String[] at = proxy.address().split(":");
            ProxySelector.setDefault(
                    ProxySelector.of(
                            InetSocketAddress.createUnresolved(at[0], Integer.parseInt(at[1]))));
            var far = connect("wss://server.test/ws", choice("", true));
            peer.accept().upgrade().sendText(frame("{'type':'connected'}"));
            far.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(proxy.targets()).containsExactly("server.test:443");
            Objects.requireNonNull(chat).close();

            var near = connect("wss://127.0.0.1:" + peer.port() + "/ws", choice("", true));
            peer.accept().upgrade().sendText(frame("{'type':'connected'}"));
            near.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(proxy.targets()).hasSize(1);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void invalidSettingsAreReportedBeforeAnythingIsSent() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "another password");
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Map<Settings, String> all =
                Map.of(
                        new Settings("socks://host:1", null, null, null), "HTTP proxy",
                        new Settings("host", null, null, null), "HTTP proxy",
                        new Settings("http://me:secret@host:1", null, null, null), "login",
                        new Settings("", empty, null, null), "no certificates",
                        new Settings("", null, certificates.store("client"), wrong), "password",
                        new Settings("", null, folder.resolve("none.p12"), null), "cannot be read");
        all.forEach((choice, words) ->
                assertThatThrownBy(() -> Transport.of(choice))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining(words)
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void theEnvironmentDefinesProxiesAndExceptions() {
        ProxySelector selector =
                ProxyRules.fromEnvironment(
                        Map.of(
                                "https_proxy", "http://proxy:3128",
                                "HTTP_PROXY", "plain:8080",
                                "no_proxy", "inner.test, .corp.test"),
                        null);
        assertThat(selector.select(URI.create("wss://a.test/ws"))).isEqualTo(proxy("proxy", 3128));
        assertThat(selector.select(URI.create("ws://a.test/ws"))).isEqualTo(proxy("plain", 8080));
        for (String direct : List.of("inner.test", "x.corp.test", "127.0.0.1", "localhost")) {
            assertThat(selector.select(URI.create("wss://" + direct + "/ws")))
                    .containsExactly(Proxy.NO_PROXY);
        }
    }

    private static List<Proxy> proxy(String host, int port) {
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
    }
}
