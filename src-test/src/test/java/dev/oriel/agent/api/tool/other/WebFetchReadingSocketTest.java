package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.peer.TestProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/// The model that reads pages for WebFetch, and proxies on the way to them.
class WebFetchReadingSocketTest extends WebFetchSite {
    @Test
    void aModelReadsThePage() throws InterruptedException {
        api = new FakeApi();
        api.text("It is called T.");
        serve("/a", 200, bytes("<title>T</title><p>x</p>"), "Content-Type", "text/html");
        ToolOutcome outcome = calls.call(tool(), "url", url("/a"), "prompt", "What is it called?");
        assertThat(outcome.content().asText()).isEqualTo("It is called T.");
        assertThat(outcome.structured().path("result").asText()).isEqualTo("It is called T.");
        ApiRequest request = api.requests().getFirst();
        assertThat(request.model()).isEqualTo("small");
        assertThat(request.maxTokens()).isEqualTo(4_096);
        assertThat(request.tools()).isEmpty();
        JsonNode content =
                Json.parseStored(new String(request.messages().getFirst(), StandardCharsets.UTF_8))
                        .path("content");
        assertThat(content.at("/0/text").asText()).startsWith("<page>\n").contains("x");
        assertThat(content.at("/1/text").asText()).isEqualTo("What is it called?");
        assertThat(used).containsExactly("small{\"input_tokens\":11,\"output_tokens\":7}");
    }

    @Test
    void aPageIsReturnedIfNoModelCanReadIt() throws InterruptedException {
        api = new FakeApi();
        api.fails(new ApiException(ApiException.Kind.STATUS, 529, "", "Overloaded", null, null));
        serve("/a", 200, bytes("the text"), "Content-Type", "text/plain");
        assertThat(text(url("/a")))
                .startsWith("The page was not read by a model (Overloaded).")
                .endsWith("the text");
        assertThat(used).isEmpty();
    }

    @Test
    void theModelEndsWithTheTurn() {
        api = new FakeApi();
        api.stalls();
        serve("/a", 200, bytes("the text"), "Content-Type", "text/plain");
        Thread.ofVirtual()
                .start(() -> {
                    await().until(() -> !api.requests().isEmpty());
                    calls.cancel().cancel();
                });
        assertThatThrownBy(() -> fetch(url("/a"))).isInstanceOf(CancellationException.class);
    }

    @Test
    void goesThroughTheProxyOfTheEnvironment() throws Exception {
        serve("/a", 200, bytes("arrived"));
        try (TestProxy proxy = new TestProxy(server.getAddress().getPort())) {
            environment.put("HTTPS_PROXY", "http://" + proxy.address());
            addresses.remove("server.test"); // known to the proxy only
            assertThat(text("https://server.test/a")).endsWith("arrived");
            assertThat(proxy.targets()).containsExactly("server.test:443");
            addresses.put("server.test", "192.168.0.1");
            assertThat(text("https://server.test/a")).contains("not on the public internet");
            assertThat(text("https://localhost/")).contains("not on the public internet");
            assertThat(text("https://other.test/a")).contains("no certificate");
            assertThat(proxy.targets()).hasSize(2);
            environment.put("NO_PROXY", "x.org,.test");
            addresses.put("server.test", "127.0.0.1");
            assertThat(text(url("/a"))).endsWith("arrived");
            assertThat(proxy.targets()).hasSize(2);
        }
    }

    @Test
    void saysWhenTheProxyDoesNotWork() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, address("127.0.0.1"))) {
            environment.put("https_proxy", "127.0.0.1:" + proxy.getLocalPort());
            Thread.ofVirtual()
                    .start(() -> {
                        try (Socket socket = proxy.accept()) {
                            socket.getInputStream().read();
                            socket.getOutputStream().write(bytes("HTTP/1.1 407 Login\r\n\r\n"));
                            socket.shutdownOutput();
                            socket.getInputStream().readAllBytes();
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
            assertThat(text("https://server.test/a")).contains("cannot be reached");
        }
        environment.put("https_proxy", "socks5://127.0.0.1:1");
        assertThat(text("https://server.test/a")).contains("Only proxies with http://");
    }
}
