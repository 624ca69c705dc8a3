package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.client.LocalServerAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The first minute of a user without the `claude` CLI: a key or a local server, a folder, a
/// prompt, a change that is allowed, and its return.
@Timeout(180)
class FirstMinuteUiTest {
    private static final String KEY = "sk-ant-canary-minute-3";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path file;

    @BeforeEach
    void setUp() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        file = Files.writeString(project.resolve("window.txt"), "two panes\n");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("settings.json"),
                Json.object().put("cli_path", "/nowhere/claude").toString());
    }

    private TestWindow open(UnaryOperator<AccountRequests> accounts) {
        TestWindow window = TestWindow.withoutCli(TestWindow.paths(folder), accounts);
        window.until(() -> window.shown("first-run"));
        return window;
    }

    private static FakeMessagesApi api() throws IOException {
        return FakeMessagesApi.start().models("claude-opus-5-5");
    }

    private static void pasteKey(TestWindow window) {
        window.until(() -> window.focused().equals("account-key"));
        TestWindow.run(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString("  " + KEY + "\n");
            Clipboard.getSystemClipboard().setContent(content);
            ((TextField) window.node("account-key")).paste();
        });
    }

    /// From the first prompt to the file as it was before.
    private void changeAFileAndReturn(TestWindow window, FakeMessagesApi api) {
        window.until(() -> window.shown("composer"));
        TestWindow.run(() -> window.newSessionFolder().set(file.resolveSibling("").toString()));
        api.enqueue(
                FakeReply.toolUse("Read", Json.object().put("file_path", "" + file).toString()),
                FakeReply.toolUse(
                        "Edit",
                        Json.object()
                                .put("file_path", "" + file)
                                .put("old_string", "two panes")
                                .put("new_string", "three panes")
                                .toString()),
                FakeReply.text("Now three panes."));
        window.say("One more pane");
        window.until(() -> window.shown("ask-allow"));
        assertThat(file).hasContent("two panes");
        assertThat(window.labels()).contains("Change this file?");
        window.press("ask-allow");
        window.until(() ->
                window.transcript().contains("Now three panes.")
                        && window.turn() instanceof TurnState.Idle);
        assertThat(file).hasContent("three panes");
        assertThat(window.transcript()).contains("Edit").contains("window.txt").contains("+1");

        returnTo(window, "One more pane");
        window.until(() -> preview(window).startsWith("1 file changes (+1 −1 lines)"));
        window.click("#rewind-files");
        window.click("#rewind-confirm");
        window.until(() -> !window.shown("rewind-confirm"));
        assertThat(file).hasContent("two panes");
        assertThat(window.transcript()).contains("Now three panes.").doesNotContain("canary");
    }

    /// Opens the dialog for a prompt with the menu of the conversation.
    private static void returnTo(TestWindow window, String prompt) {
        TestWindow.run(() -> {
            GenericStyledArea<?, ?, ?> area =
                    (GenericStyledArea<?, ?, ?>) window.node("transcript");
            area.moveTo(area.getText().indexOf(prompt));
            ContextMenu menu = area.getContextMenu();
            menu.show(area, 100, 100);
            menu.getItems().stream()
                    .filter(i -> "Return to this prompt…".equals(i.getText()))
                    .findFirst()
                    .ifPresent(MenuItem::fire);
            menu.hide();
        });
        window.until(() -> window.shown("rewind-fork"));
    }

    private static String preview(TestWindow window) {
        return ((Labeled) window.node("rewind-preview")).getText();
    }

    @Test
    void aPastedKeyOfAGateway() throws Exception {
        try (FakeMessagesApi api = api();
                TestWindow window = open(UnaryOperator.identity())) {
            TestWindow.run(() -> {
                window.button("account-more").fire();
                ((TextField) window.node("account-url")).setText(api.url().replace("http://", ""));
                window.node("account-key").requestFocus();
            });
            pasteKey(window);
            changeAFileAndReturn(window, api);
            assertThat(api.requests()).anyMatch(r -> r.key().contains(KEY));
            // The model that the server has chosen is named.
            window.until(() -> window.labels().contains("Opus 5.5"));
        }
    }

    @Test
    void theToolsOfTheSettingsAreOfferedAndTheSandboxIsSaid() throws Exception {
        Files.writeString(
                folder.resolve("config").resolve("settings.json"),
                Json.object()
                        .put("cli_path", "/nowhere/claude")
                        .put("web_fetch", true)
                        .put("sandbox", "auto")
                        .toString());
        try (FakeMessagesApi api = api();
                TestWindow window =
                        open(real -> new LocalServerAt(real, api.url(), "claude-opus-5-5"))) {
            window.until(() -> window.shown("local-use-1"));
            window.press("local-use-1");
            window.until(() -> window.shown("composer"));
            window.say("Hello");
            window.until(() -> window.transcript().contains("Hello from the fake API."));
            assertThat(api.requests().getLast().body().path("tools").toString())
                    .contains("\"WebFetch\"");
            window.until(() -> window.transcript().contains("sandbox"));
        }
    }

    @Test
    void aModelOfALocalServer() throws Exception {
        try (FakeMessagesApi api = api();
                TestWindow window =
                        open(real -> new LocalServerAt(real, api.url(), "qwen3-coder:30b"))) {
            window.until(() -> window.shown("local-use-1"));
            window.press("local-use-1");
            changeAFileAndReturn(window, api);
            assertThat(api.requests()).allMatch(r -> !r.key().contains("sk-"));
            assertThat(((Labeled) TestWindow.on(() -> window.node("account-badge"))).getText())
                    .isEqualTo("Ollama");
            window.until(() -> window.labels().contains("qwen3-coder:30b"));
            assertThat(window.labels()).noneMatch(label -> label.contains("$"));
        }
    }
}
