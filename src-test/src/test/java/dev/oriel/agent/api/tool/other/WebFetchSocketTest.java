package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.peer.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real web server with TLS, which the guard of the test takes for a public one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFetchSocketTest {
    /// A model that answers nothing: the result is the text of the page.
    private static final FakeApi.Response PAGE_ITSELF = (_, _) -> {};

    private static final InetAddress PRIVATE = address("192.168.0.1");

    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final List<String> used = new CopyOnWriteArrayList<>();
    private FakeApi api = new FakeApi();
    private SSLContext certificates;
    private SSLSocketFactory trusting;
    private HttpsServer server;
    private RecordedCalls calls;

    @BeforeAll
    void makeCertificates(@TempDir Path folder) throws Exception {
        TestCertificates made = new TestCertificates(folder);
        certificates = made.server();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(made.authority("server"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        trusting = client.getSocketFactory();
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(address("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        calls = new RecordedCalls(folder, folder.resolve("private"));
        api = new FakeApi();
        for (int i = 0; i < 5; i++) {
            api.then(PAGE_ITSELF);
        }
        used.clear();
        addresses.clear();
        lookedUp.clear();
        addresses.put("server.test", "127.0.0.1");
        addresses.put("www.server.test", "127.0.0.1");
        addresses.put("other.test", "127.0.0.1");
        addresses.put("inside.test", "192.168.0.1");
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @AfterAll
    void forget() {
        addresses.clear();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalStateException("a literal is an address", e);
        }
    }

    private WebFetchTool tool(SSLSocketFactory tls, Duration patience) {
        AddressGuard guard =
                new AddressGuard(
                        host -> {
                            lookedUp.add(host);
                            String found = addresses.get(host);
                            return found == null
                                    ? new InetAddress[0]
                                    : new InetAddress[] {address(found)};
                        },
                        a -> !a.equals(PRIVATE));
        return new WebFetchTool(
                new WebPages(new PinnedFetch(guard, tls, patience)),
                new PageReader(api, () -> "small", (model, usage) -> used.add(model + usage)));
    }

    private WebFetchTool tool() {
        return tool(trusting, Duration.ofSeconds(60));
    }

    private String url(String path) {
        return "https://server.test:" + server.getAddress().getPort() + path;
    }

    private ToolOutcome fetch(String url) throws InterruptedException {
        return calls.call(tool(), "url", url, "prompt", "all");
    }

    private String text(String url) throws InterruptedException {
        return fetch(url).content().asText();
    }

    private void serve(String path, int status, byte[] body, String... headers) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        for (int i = 0; i < headers.length; i += 2) {
                            exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
                        }
                        send(exchange, status, body);
                    }
                });
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

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
