package dev.oriel.agent.api.tool.other;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.peer.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A real web server with TLS, which the guard of the tests takes for a public one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebFetchSite {
    /// A model that answers nothing: the result is the text of the page.
    private static final FakeApi.Response PAGE_ITSELF = (_, _) -> {};

    private static final InetAddress PRIVATE = address("192.168.0.1");

    final Map<String, String> addresses = new ConcurrentHashMap<>();
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    final Map<String, String> environment = new ConcurrentHashMap<>();
    final List<String> used = new CopyOnWriteArrayList<>();
    FakeApi api = new FakeApi();
    private SSLContext certificates;
    SSLSocketFactory trusting;
    HttpsServer server;
    RecordedCalls calls;

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
        environment.clear();
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

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new IllegalStateException("a literal is an address", e);
        }
    }

    WebFetchTool tool(SSLSocketFactory tls, Duration patience) {
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
                new WebPages(
                        new PinnedFetch(guard, new WebProxies(environment, null), tls, patience)),
                new PageReader(api, () -> "small", (model, usage) -> used.add(model + usage)));
    }

    WebFetchTool tool() {
        return tool(trusting, Duration.ofSeconds(60));
    }

    String url(String path) {
        return "https://server.test:" + server.getAddress().getPort() + path;
    }

    ToolOutcome fetch(String url) throws InterruptedException {
        return calls.call(tool(), "url", url, "prompt", "all");
    }

    String text(String url) throws InterruptedException {
        return fetch(url).content().asText();
    }

    void serve(String path, int status, byte[] body, String... headers) {
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

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
