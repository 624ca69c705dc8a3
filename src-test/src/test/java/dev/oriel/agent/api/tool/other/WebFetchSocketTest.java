package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests of WebFetch, and what it does not load.
class WebFetchSocketTest extends WebFetchSite {
    @Test
    void returnsTheTextOfAPage() throws InterruptedException {
        serve("/a", 200, bytes("<h1>Héad</h1><p>x"), "Content-Type", "text/html");
        ToolOutcome outcome = fetch(url("/a?q=1#part"));
        assertThat(outcome.content().asText())
                .contains("Text of the web page " + url("/a?q=1"))
                .contains("not written by the user")
                .endsWith("\n\n# Héad\n\nx");
        assertThat(outcome.structured().path("code").asInt()).isEqualTo(200);
        assertThat(outcome.structured().path("bytes").asInt()).isEqualTo(18);
        assertThat(outcome.structured().path("url").asText()).isEqualTo(url("/a?q=1#part"));
        assertThat(outcome.structured().path("result").asText())
                .isEqualTo(outcome.content().asText());
        assertThat(lookedUp).containsExactly("server.test");
    }

    @Test
    void sendsNothingButTheRequest() throws InterruptedException {
        Map<String, List<String>> headers = new ConcurrentHashMap<>();
        server.createContext(
                "/h",
                exchange -> {
                    try (exchange) {
                        headers.putAll(exchange.getRequestHeaders());
                        send(exchange, 200, bytes("x"));
                    }
                });
        text(url("/h"));
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder(
                        "Host", "User-agent", "Accept", "Accept-encoding", "Connection");
    }

    @Test
    void decodesWhatIsCompressedAndOtherCharsets() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes("packed"));
        }
        serve("/gzip", 200, packed.toByteArray(), "Content-Encoding", "gzip");
        assertThat(text(url("/gzip"))).endsWith("packed");
        byte[] latin = "<meta charset=latin1>é".getBytes(Charset.forName("ISO-8859-1"));
        serve("/latin", 200, latin, "Content-Type", "text/html");
        assertThat(text(url("/latin"))).endsWith("\n\né");
        serve("/odd", 200, bytes("é"), "Content-Type", "text/plain; charset=nonsense");
        assertThat(text(url("/odd"))).endsWith("\n\né");
    }

    @Test
    void boundsWhatAPageUnpacksTo() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        }
        serve("/bomb", 200, packed.toByteArray(), "Content-Encoding", "gzip");
        ToolOutcome outcome = fetch(url("/bomb"));
        assertThat(outcome.structured().path("bytes").asInt()).isEqualTo(PinnedFetch.MOST_BYTES);
        assertThat(outcome.content().asText()).hasSizeLessThan(110_000);
    }

    @Test
    void returnsLongPagesInParts() throws InterruptedException {
        serve("/long", 200, bytes("x".repeat(150_000) + "end"), "Content-Type", "text/plain");
        assertThat(text(url("/long")))
                .endsWith(
                        "x\n\n[This is about the characters 0 to 100000 of 150003. To read on, use"
                                + " offset: 100000]");
        ToolOutcome rest =
                calls.call(
                        tool(),
                        Json.object()
                                .put("url", url("/long"))
                                .put("prompt", "x")
                                .put("offset", 150_000));
        assertThat(rest.content().asText()).endsWith("\n\nend");
    }

    @Test
    void followsRedirectsOnTheSameHostOnly() throws InterruptedException {
        serve("/end", 200, bytes("arrived"));
        serve("/same", 302, bytes(""), "Location", "/end");
        assertThat(text(url("/same"))).endsWith("arrived");
        assertThat(lookedUp).hasSize(2); // each request is checked
        serve("/away", 301, bytes(""), "Location", "https://other.test/x");
        assertThat(text(url("/away")))
                .startsWith("The page has moved to another host: https://other.test/x\n");
        assertThat(lookedUp).doesNotContain("other.test");
        serve("/loop", 302, bytes(""), "Location", "/loop");
        assertThat(text(url("/loop"))).contains("redirects more than 5 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "http://localhost:8080/",
                "https://[::1]/",
                "https://2130706433/",
                "file:///etc/passwd",
                "https://user@server.test/",
                "http://[broken"
            })
    void refusesRedirectsToWhatIsNotPublic(String location) throws InterruptedException {
        serve("/evil", 302, bytes(""), "Location", location);
        ToolOutcome outcome = fetch(url("/evil"));
        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(lookedUp).containsExactly("server.test");
    }

    @Test
    void refusesAHostThatBecomesPrivate() throws InterruptedException {
        server.createContext(
                "/rebind",
                exchange -> {
                    try (exchange) {
                        addresses.put("server.test", "192.168.0.1");
                        exchange.getResponseHeaders().set("Location", "/next");
                        send(exchange, 302, bytes(""));
                    }
                });
        assertThat(text(url("/rebind"))).contains("is not on the public internet");
        assertThat(text("https://inside.test/"))
                .isEqualTo("The host inside.test is not on the public internet.");
    }

    @Test
    void checksTheCertificateAndItsName() throws InterruptedException {
        serve("/a", 200, bytes("secret"));
        String wrongName = url("/a").replace("server.test", "other.test");
        assertThat(text(wrongName))
                .isEqualTo(
                        "The host other.test has no certificate that can be trusted, or no TLS.");
        WebFetchTool strict =
                tool((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(60));
        assertThat(calls.call(strict, "url", url("/a"), "prompt", "x").content().asText())
                .contains("no certificate that can be trusted");
    }

    @Test
    void givesUpAServerThatSendsNothing() throws InterruptedException {
        server.createContext("/slow", _ -> {});
        WebFetchTool hasty = tool(trusting, Duration.ofSeconds(1));
        assertThat(calls.call(hasty, "url", url("/slow"), "prompt", "x").content().asText())
                .isEqualTo("The host server.test did not answer within 1 seconds.");
    }

    @Test
    void endsWithTheTurn() {
        List<String> requests = new CopyOnWriteArrayList<>();
        server.createContext("/slow", _ -> requests.add("x"));
        Thread.ofVirtual()
                .start(() -> {
                    await().until(() -> !requests.isEmpty());
                    calls.cancel().cancel();
                });
        assertThatThrownBy(() -> fetch(url("/slow"))).isInstanceOf(CancellationException.class);
    }

    @Test
    void tellsErrorsAndOtherContent() throws InterruptedException {
        assertThat(text(url("/missing")))
                .isEqualTo("The server answered with status 404 (Not Found).");
        serve("/image", 200, new byte[] {1, 2}, "Content-Type", "image/png");
        assertThat(text(url("/image"))).isEqualTo("The page is no text but image/png.");
        serve("/none", 204, bytes(""));
        assertThat(text(url("/none"))).endsWith("(no text)");
        addresses.put("server.test", "127.0.0.2");
        assertThat(text("https://server.test:1/")).contains("cannot be reached");
        assertThat(text("https://unknown.test/")).contains("is not on the public internet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://server.test/", "file:///etc/passwd", "https://u:p@server.test/",
                        "https:///x",
                "https://localhost/", "http://2130706433/", "http://0x7f.1/", "https://intranet/",
                "javascript:alert(1)", "server.test", "https://server.test/ x", ""
            })
    void refusesUrlsBeforeItAsks(String url) throws InterruptedException {
        assertThat(text(url)).startsWith("<tool_use_error>");
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void needsTheHost() {
        WebFetchTool tool = tool();
        var request = calls.request(tool, Json.object().put("url", "http://Server.TEST/x"));
        assertThat(tool.needs(request, calls.context()).host()).isEqualTo("server.test");
    }
}
