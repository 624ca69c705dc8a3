package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.message.Json;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start of the window does not pay for.
class WindowStartClassesProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void theSdkIsNotLoadedBeforeASessionNeedsIt() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path log = folder.resolve("classes.log");
        Path data = folder.resolve("data");
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-Djava.awt.headless=true",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xlog:class+load:file=" + log,
                        "-Doriel.data=" + data,
                        "-Doriel.port=" + port,
                        "-Doriel.agent=api",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.oriel.app.Launcher");
        builder.environment().put("ANTHROPIC_API_KEY", "sk-ant-canary");
        builder.environment().put("ANTHROPIC_BASE_URL", "http://127.0.0.1:1");
        Process window =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("window.log").toFile())
                        .start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            // Two connections are the window's feed and this request.
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !window.isAlive() || connections(http, data, port) >= 2);
            await().atMost(PATIENCE)
                    .until(() -> !window.isAlive() || loaded(log).contains("dev.oriel.app.shell."));
            assertThat(window.isAlive())
                    .as(Files.readString(folder.resolve("window.log")))
                    .isTrue();
            assertThat(loaded(log))
                    .contains("dev.oriel.app.Launcher ", "dev.oriel.agent.api.ApiAgents ")
                    .doesNotContain(
                            " com.anthropic.",
                            " kotlin.",
                            " io.opentelemetry.",
                            " com.sun.jna.",
                            " dev.oriel.agent.api.wire.Sdk");
        } finally {
            window.destroy();
            if (!window.waitFor(10, TimeUnit.SECONDS)) {
                window.destroyForcibly();
            }
        }
    }

    private static String loaded(Path log) throws Exception {
        return Files.readString(log);
    }

    private static int connections(HttpClient http, Path data, int port) throws Exception {
        String token = Files.readString(data.resolve("token")).strip();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                        .header("Authorization", "Bearer " + token)
                        .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return Json.mapper().readTree(body).path("connections").asInt();
    }
}
