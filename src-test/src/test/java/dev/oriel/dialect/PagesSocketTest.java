package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.gateway.DialectPort;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the web pages: their paths and headers, and that they need no token.
class PagesSocketTest {
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html;charset=utf-8",
                    "css", "text/css;charset=utf-8",
                    "js", "text/javascript;charset=utf-8");

    private @TempDir Path folder;

    private static HttpResponse<String> send(String method, String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void servesEveryFileWithoutTokenAndWithAStrictPolicy() throws Exception {
        try (RunningServer server =
                RunningServer.in(
                        folder,
                        c ->
                                c.withDialectPorts(
                                        List.of(
                                                new DialectPort("relay", "127.0.0.1", 0),
                                                new DialectPort("oneshot", "127.0.0.1", 0))),
                        new ScriptedProvider())) {
            List<String> urls = server.server().urls();
            for (String file :
                    List.of(
                            urls.get(0) + "/relay/",
                            urls.get(0) + "/relay/relay.js",
                            urls.get(0) + "/relay/oriel-page.css",
                            urls.get(0) + "/relay/oriel-page.js",
                            urls.get(0) + "/ws-demo.html",
                            urls.get(0) + "/ws-demo.js",
                            urls.get(0) + "/oriel-page.css",
                            urls.get(0) + "/oriel-page.js",
                            urls.get(1) + "/",
                            urls.get(1) + "/relay.js",
                            urls.get(2) + "/ws-demo.html")) {
                HttpResponse<String> reply = send("GET", file);
                assertThat(reply.statusCode()).as(file).isEqualTo(200);
                String kind =
                        file.endsWith("/") ? "html" : file.substring(file.lastIndexOf('.') + 1);
                assertThat(reply.headers().firstValue("content-type")).hasValue(TYPES.get(kind));
                assertThat(reply.headers().firstValue("content-security-policy").orElseThrow())
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe", "*");
                assertThat(reply.headers().allValues("x-content-type-options"))
                        .containsExactly("nosniff");
                assertThat(reply.headers().allValues("cache-control")).containsExactly("no-cache");
                assertThat(reply.body()).doesNotContain(server.server().token());
                if (kind.equals("html")) {
                    assertThat(reply.body())
                            .contains("data-token=\"needed\"")
                            .doesNotContain("<style", "onclick", "style=\"")
                            .doesNotContainPattern("<script[^>]*>[^<]");
                }
            }
        }
    }

    @Test
    void allowsGetAndHeadOnlyAndRedirectsToTheTrailingSlash() throws Exception {
        try (RunningServer server = RunningServer.in(folder, new ScriptedProvider())) {
            String url = server.server().url();
            HttpResponse<String> head = send("HEAD", url + "/ws-demo.html");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("content-length"))
                    .isEqualTo(
                            send("GET", url + "/ws-demo.html")
                                    .headers()
                                    .firstValue("content-length"));
            assertThat(send("POST", url + "/ws-demo.html").statusCode()).isEqualTo(405);
            HttpResponse<String> moved = send("GET", url + "/relay");
            assertThat(moved.statusCode()).isEqualTo(308);
            assertThat(moved.headers().firstValue("location")).hasValue("/relay/");
            assertThat(send("GET", url + "/relay/other.js").statusCode()).isEqualTo(404);
        }
    }
}
