package dev.oriel.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which proxy is used for which server.
class ProxyRulesTest {
    private static final Map<String, String> BOTH =
            Map.of("http_proxy", "http://plain:81", "https_proxy", "http://secure:82");

    private static String proxy(ProxySelector rules, String server) {
        Proxy only = rules.select(URI.create(server)).getFirst();
        return only.type() == Proxy.Type.DIRECT
                ? "none"
                : ((InetSocketAddress) only.address()).getHostString()
                        + ":"
                        + ((InetSocketAddress) only.address()).getPort();
    }

    private static String proxy(Map<String, String> environment, String server) {
        return proxy(ProxyRules.fromEnvironment(environment, null), server);
    }

    @ParameterizedTest
    @CsvSource({
        "http://server.test/, plain:81",
        "ws://server.test/ws, plain:81",
        "https://server.test/, secure:82",
        "wss://server.test/ws, secure:82",
    })
    void theVariableDependsOnTheScheme(String server, String proxy) {
        assertThat(proxy(BOTH, server)).isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8000/",
                "ws://LOCALHOST/",
                "http://127.0.0.1/",
                "http://127.9.8.7/",
                "http://[::1]:8000/"
            })
    void thisComputerIsReachedWithoutAProxy(String server) {
        assertThat(proxy(BOTH, server)).isEqualTo("none");
        assertThat(proxy(ProxyRules.fixed("fixed", 83), server)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost.test/", "http://127.0.0.1.test/", "http://128.0.0.1/"})
    void otherNamesAreNotThisComputer(String server) {
        assertThat(proxy(ProxyRules.fixed("fixed", 83), server)).isEqualTo("fixed:83");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.test|server.test|none",
                "SERVER.test|server.TEST|none",
                "server.test|sub.server.test|none",
                ".server.test|sub.server.test|none",
                "*.server.test|sub.server.test|none",
                "*|anything.test|none",
                "other.test, server.test|server.test|none",
                "server.test|myserver.test|plain:81",
                "server.test|server.test.example|plain:81",
                " , |server.test|plain:81",
            })
    void exceptionsHoldForAHostAndItsSubdomains(String exceptions, String host, String proxy) {
        Map<String, String> environment =
                Map.of("http_proxy", "http://plain:81", "no_proxy", exceptions);
        assertThat(proxy(environment, "http://" + host + "/")).isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "plain:81, plain:81",
        "http://plain:81/, plain:81",
        "plain, plain:80",
        "http://plain, plain:80",
        "'', none",
        "' ', none",
        "http://, none",
        "a b:81, none",
    })
    void aVariableIsAnAddressOrIgnored(String value, String proxy) {
        assertThat(proxy(Map.of("http_proxy", value), "http://server.test/")).isEqualTo(proxy);
    }

    @Test
    void aVariableInLowerCaseComesBeforeOneInUpperCase() {
        assertThat(proxy(Map.of("HTTP_PROXY", "upper:1"), "http://server.test/"))
                .isEqualTo("upper:1");
        assertThat(
                        proxy(
                                Map.of("HTTP_PROXY", "upper:1", "http_proxy", "lower:2"),
                                "http://server.test/"))
                .isEqualTo("lower:2");
        assertThat(proxy(Map.of("HTTP_PROXY", "upper:1", "http_proxy", ""), "http://server.test/"))
                .as("an empty variable is one that is set")
                .isEqualTo("none");
    }

    @Test
    void withoutAVariableTheSystemIsAskedWithASchemeThatItKnows() {
        var system = new RecordingSelector();
        ProxySelector rules =
                ProxyRules.fromEnvironment(Map.of("https_proxy", "secure:82"), system);
        assertThat(proxy(rules, "ws://server.test:8000/ws?token=secret")).isEqualTo("system:84");
        assertThat(proxy(rules, "wss://server.test/ws")).isEqualTo("secure:82");
        assertThat(system.asked).containsExactly(URI.create("http://server.test:8000/"));
        ProxySelector other = ProxyRules.fromEnvironment(Map.of("http_proxy", "p:1"), system);
        assertThat(proxy(other, "wss://server.test/ws")).isEqualTo("system:84");
        assertThat(system.asked).last().isEqualTo(URI.create("https://server.test/"));
    }

    /// The system's settings; keeps what it is asked.
    private static final class RecordingSelector extends ProxySelector {
        private final List<URI> asked = new ArrayList<>();

        @Override
        public List<Proxy> select(URI server) {
            asked.add(server);
            return List.of(
                    new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("system", 84)));
        }

        @Override
        public void connectFailed(URI server, SocketAddress proxy, IOException failure) {
            throw new AssertionError("nothing connects");
        }
    }
}
