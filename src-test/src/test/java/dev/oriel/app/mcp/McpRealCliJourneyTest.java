package dev.oriel.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.LoopbackMcpServer;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The panel with MCP servers, the real `claude` CLI, and an MCP server on this computer.
class McpRealCliJourneyTest extends ClaudeWindowJourney {
    private LoopbackMcpServer notes;
    private Path project;

    @BeforeEach
    void begin() throws IOException {
        notes = LoopbackMcpServer.start();
        project = Files.createDirectories(folder.resolve("project")).toRealPath();
    }

    @AfterEach
    void end() {
        if (notes != null) {
            notes.close();
        }
    }

    private TestWindow openInProject() {
        TestWindow window = open();
        TestWindow.run(() -> window.shell().draft().folder().set(project.toString()));
        api.enqueue(FakeReply.text("Hello from here."));
        window.say("hello");
        awaitIdleWith(window, "Hello from here.");
        return window;
    }

    private static void fill(TestWindow window, String id, String text) {
        TestWindow.run(() -> ((TextInputControl) window.node(id)).setText(text));
    }

    private static void add(TestWindow window, String name, String address, String scope) {
        window.until(() -> window.node("mcp-add") != null);
        fill(window, "mcp-add-name", name);
        fill(window, "mcp-add-address", address);
        TestWindow.run(() -> ((RadioButton) window.node("mcp-scope-" + scope)).setSelected(true));
        window.press("mcp-add");
    }

    private static String problem(TestWindow window) {
        return TestWindow.on(() -> ((Labeled) window.node("mcp-add-problem")).getText());
    }

    @Test
    void aServerIsAddedUsedTurnedOffAndOnAgain() throws Exception {
        TestWindow window = openInProject();
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        window.until(() -> window.labels().stream().anyMatch(l -> l.contains("no MCP servers")));

        add(window, "bad name", notes.url(), "local");
        assertThat(problem(window)).contains("letters, digits");

        fill(window, "mcp-add-secrets", "X-Key=sk-secret-1");
        add(window, "notes", notes.url(), "local");
        window.until(() -> window.node("mcp-start") != null);
        assertThat(Files.readString(folder.resolve("home").resolve(".claude.json")))
                .contains("\"notes\"")
                .contains("sk-secret-1");

        window.press("mcp-start");
        window.until(() -> window.node("mcp-tools-notes") != null);
        assertThat(TestWindow.on(() -> window.button("mcp-tools-notes").getText()))
                .isEqualTo("Show 2 tools");
        assertThat(window.labels()).contains("Connected");
        assertThat(window.labels()).noneMatch(l -> l.contains("sk-secret-1"));
        window.press("mcp-tools-notes");
        window.until(() -> window.labels().contains("remove"));
        assertThat(window.labels()).contains("can destroy data");

        window.press("mcp-toggle-notes");
        window.until(() -> window.labels().contains("Turned off"));
        window.press("mcp-toggle-notes");
        window.until(() -> window.labels().contains("Connected"));

        notes.close();
        window.press("mcp-reconnect-notes");
        window.until(() -> window.labels().contains("Failed"));

        add(window, "notes", "https://example.org/", "local");
        window.until(() -> !problem(window).isEmpty());
        assertThat(problem(window)).contains("already exists").doesNotContain(folder.toString());
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.node("mcp-panel") == null);
    }

    @Test
    void aServerOfTheFolderRunsOnlyAfterTheFolderIsTrusted() throws Exception {
        TestWindow window = openInProject();
        window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        add(window, "notes", notes.url(), "project");
        window.until(() -> window.node("mcp-start") != null);
        assertThat(Files.readString(project.resolve(".mcp.json"))).contains(notes.url());
        window.press("mcp-start");
        window.until(() -> window.asks().shown().get() != null);
        assertThat(TestWindow.on(() -> window.asks().shown().get().tool()))
                .isEqualTo("oriel_trust");
    }

    /// Visits the page of a login as a browser would, without following where it leads.
    private static String visit(String address) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }
    }

    private static String address(TestWindow window) {
        window.until(() -> window.node("mcp-login-open") != null);
        return TestWindow.on(() -> ((TextInputControl) window.node("mcp-login-address")).getText());
    }

    @Test
    void theUserLogsInOnAPageAndOutAndInWithThePastedAddress() throws Exception {
        real.requireVersion("2.1.332", "older versions ask for a port that may be taken");
        try (LoopbackMcpServer hub = LoopbackMcpServer.startWithLogin()) {
            TestWindow window = openInProject();
            window.chord(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
            add(window, "hub", hub.url(), "local");
            window.until(() -> window.node("mcp-start") != null);
            window.press("mcp-start");
            window.until(() -> window.labels().contains("Needs you to log in"));

            window.press("mcp-login-hub");
            String first = address(window);
            assertThat(first).startsWith(hub.url() + "authorize?");
            assertThat(window.labels()).contains("You log in on 127.0.0.1:");
            // The browser returns to the CLI, which listens on this computer.
            visitOnce(visit(first));
            window.until(() -> window.labels().contains("Connected"));
            window.until(() -> window.node("mcp-login") == null);

            window.press("mcp-logout-hub");
            window.until(() -> window.labels().contains("Needs you to log in"));
            window.press("mcp-login-hub");
            String second = address(window);
            assertThat(second).isNotEqualTo(first);
            fill(window, "mcp-login-returned", "http://localhost/?code=other&state=other");
            window.press("mcp-login-finish");
            window.until(() -> window.node("mcp-login-problem") != null);
            fill(window, "mcp-login-returned", visit(second));
            window.press("mcp-login-finish");
            window.until(() -> window.labels().contains("Connected"));
            assertThat(Files.readString(folder.resolve("home/.claude/.credentials.json")))
                    .contains("loopback-token");
            assertThat(window.transcript()).doesNotContain("code=c");
        }
    }

    private static void visitOnce(String address) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            int status =
                    browser.send(
                                    HttpRequest.newBuilder(URI.create(address)).build(),
                                    BodyHandlers.discarding())
                            .statusCode();
            assertThat(status).isEqualTo(200);
        }
    }
}
