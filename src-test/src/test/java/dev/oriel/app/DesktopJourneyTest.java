package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window as a process on a real screen, with real key presses, and with the class path of the
/// packages: JavaFX on the module path, the rest on the class path.
class DesktopJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private @Nullable Process window;

    @BeforeEach
    void needsAScreen() throws Exception {
        assumeTrue(
                System.getenv("DISPLAY") != null,
                "skipped: there is no screen (DISPLAY is not set), so no real window can be shown");
        assumeTrue(
                run("sh", "-c", "command -v xdotool") == 0,
                "skipped: xdotool is not installed, so no real key can be pressed");
        assumeTrue(
                Files.isDirectory(modules()),
                "skipped: app/target/modules is not there; `mvn verify` makes it");
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        if (window != null) {
            window.destroy();
            if (!window.waitFor(10, TimeUnit.SECONDS)) {
                window.destroyForcibly();
            }
        }
        http.close();
    }

    @Test
    void aPromptThatIsTypedIsShownAgainAfterARestart() throws Exception {
        open();
        press("type", "--delay", "20", "What is an oriel");
        press("key", "Return");
        await().atMost(PATIENCE).until(() -> sessions().size() == 1);
        await().atMost(PATIENCE).until(() -> answered(sessions().get(0)));
        JsonNode session = sessions().get(0);
        assertThat(session.path("title").asText()).isEqualTo("What is an oriel");

        Process first = Objects.requireNonNull(window);
        first.destroy();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();

        open();
        assertThat(sessions()).hasSize(1);
        assertThat(sessions().get(0).path("id")).isEqualTo(session.path("id"));
        assertThat(sessions().get(0).path("last_seq")).isEqualTo(session.path("last_seq"));
    }

    @Test
    void aSecondStartForwardsItsLinkToTheOpenWindowAndExits() throws Exception {
        open();
        Process second =
                start("second.log", "oriel:connect?url=ws://127.0.0.1:1/relay/ws&kind=relay");
        try {
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isZero();
        } finally {
            second.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("second.log"))).doesNotContain("in use");
        assertThat(Objects.requireNonNull(window).isAlive()).isTrue();
        // A link only fills in a form; the window is still connected to its own server.
        assertThat(connections()).isGreaterThanOrEqualTo(2);
        assertThat(folder.resolve("config/remote.json")).doesNotExist();
    }

    private static boolean answered(JsonNode session) {
        return session.path("state").asText().equals("idle")
                && session.path("last_seq").asLong() > 2;
    }

    /// Starts the window and waits until it accepts typing.
    private void open() throws Exception {
        window = start("window.log");
        // Two connections are the test's and the window's: the feed, and this request.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> connections() >= 2);
        await().atMost(PATIENCE)
                .until(() -> run("xdotool", "search", "--onlyvisible", "--name", "Oriel") == 0);
        press("search", "--onlyvisible", "--name", "Oriel", "windowfocus");
    }

    private Process start(String log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--module-path",
                        modules().toString(),
                        "--add-modules",
                        "javafx.controls",
                        "--enable-native-access=ALL-UNNAMED,javafx.graphics",
                        "--add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.text=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.scene.text=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/javafx.scene.text=ALL-UNNAMED",
                        "--add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.font.freetype=ALL-UNNAMED",
                        "-Dprism.order=sw",
                        "-Doriel.data=" + folder,
                        "-Doriel.port=" + port,
                        "-Doriel.agent=demo",
                        "-cp",
                        classPath(),
                        "dev.oriel.app.Launcher"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private int connections() throws IOException, InterruptedException {
        return get("/health").path("connections").asInt();
    }

    private JsonNode sessions() throws IOException, InterruptedException {
        return get("/v1/sessions").path("sessions");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        String token = Files.readString(folder.resolve("token")).strip();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return Json.mapper()
                .readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static void press(String... xdotool) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("xdotool"));
        command.addAll(Arrays.asList(xdotool));
        assertThat(run(command.toArray(String[]::new))).as(String.join(" ", command)).isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static Path modules() {
        return Path.of(System.getProperty("oriel.app.modules", "../app/target/modules"))
                .toAbsolutePath()
                .normalize();
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("openjfx"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
