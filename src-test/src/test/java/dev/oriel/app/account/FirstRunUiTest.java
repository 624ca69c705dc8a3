package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.shell.AgentChoice;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The way of a user who has neither the `claude` CLI nor a key, from the start of the window to an
/// answer of a server of the Messages API.
@Timeout(180)
class FirstRunUiTest {
    private static final String KEY = "sk-ant-canary-first-9";

    @TempDir Path folder;

    private TestWindow open() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("settings.json"),
                "{\"cli_path\":\"/nowhere/claude\",\"default_folder\":\"%s\"}"
                        .formatted(Files.createDirectories(folder.resolve("project"))));
        TestWindow window =
                TestWindow.open(TestWindow.paths(folder), "cli", ClaudeCli::new, 960, 700);
        window.until(() -> window.shown("first-run"));
        return window;
    }

    private static void enterGateway(TestWindow window, String url, String key) {
        window.press("account-more");
        TestWindow.run(() -> {
            ((TextField) window.node("account-url")).setText(url);
            ((TextField) window.node("account-model")).setText("claude-opus-5-5");
            ((TextField) window.node("account-key")).setText(key);
        });
        window.press("account-submit");
    }

    private static String label(TestWindow window, String id) {
        return TestWindow.on(() -> ((Labeled) window.node(id)).getText());
    }

    @Test
    void aKeyLeadsToAnAnswer() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = open()) {
            api.replyTo(_ -> FakeReply.text("An answer over the API."));
            enterGateway(window, api.url(), KEY);
            window.until(() -> !window.shown("first-run") && window.shown("composer"));
            // The list of agents can arrive before the list of accounts.
            window.until(() -> window.shell().draft().agent().get().account() != null);
            AgentChoice chosen = TestWindow.on(() -> window.shell().draft().agent().get());
            assertThat(chosen.kind()).isEqualTo("api");
            assertThat(window.shown("begin-folder")).isTrue();
            window.say("Hello");
            window.until(() -> window.transcript().contains("An answer over the API."));
            window.until(() -> window.shown("account-badge"));
            assertThat(label(window, "account-badge")).isEqualTo(chosen.name());
            assertThat(window.transcript()).doesNotContain("canary");
        }
    }

    @Test
    void aKeyCanBePastedAtOnce() throws Exception {
        try (TestWindow window = open()) {
            window.until(() -> window.focused().equals("account-key"));
            window.press("new-session");
            window.until(() -> window.focused().equals("account-key"));
        }
    }

    @Test
    void aRefusedKeyKeepsThePage() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = open()) {
            api.replyTo(_ -> FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
            enterGateway(window, api.url(), KEY);
            window.until(() ->
                    window.shown("account-verdict")
                            && label(window, "account-verdict").contains("not accept the key"));
            assertThat(window.shown("first-run")).isTrue();
            assertThat(window.shown("composer")).isFalse();
        }
    }

    @Test
    void theDemoNeedsNothing() throws Exception {
        try (TestWindow window = open()) {
            window.press("first-run-demo");
            window.until(() -> !window.shown("first-run") && window.shown("composer"));
            AgentChoice chosen = TestWindow.on(() -> window.shell().draft().agent().get());
            assertThat(chosen.demo()).isTrue();
        }
    }

    @Test
    void anAccountThatWasRemovedIsSaidAtTheNextPrompt() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = open()) {
            enterGateway(window, api.url(), KEY);
            window.until(() -> window.shown("composer"));
            window.say("Hello");
            window.until(() -> window.transcript().contains("Hello from the fake API."));
            TestWindow.run(() -> window.accounts().remove(window.accounts().accounts().getFirst()));
            window.until(() -> label(window, "account-badge").equals("Account removed"));
            for (String stored : List.of("accounts.json", "keys.json")) {
                Path file = folder.resolve("data").resolve(stored);
                assertThat(Files.exists(file) ? Files.readString(file) : "")
                        .doesNotContain("canary", api.url());
            }
            window.say("Hello again");
            window.until(() ->
                    window.transcript().contains("The account of this session was removed.")
                            && window.transcript().contains("Open accounts"));
            assertThat(window.transcript()).containsOnlyOnce("Hello from the fake API.");
            assertThat(window.transcript()).doesNotContain("canary");
            window.press("open-settings");
            window.until(() -> window.shown("open-accounts"));
            window.press("open-accounts");
            window.until(() -> window.shown("accounts-none"));
        }
    }

    @Test
    void aCommandAsksAndIsShownAsWithTheCli() throws Exception {
        Path file = folder.resolve("project").resolve("made.txt");
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = open()) {
            enterGateway(window, api.url(), KEY);
            window.until(() -> window.shown("composer"));
            api.enqueue(
                    FakeReply.toolUse("Bash", "{\"command\":\"touch made.txt\"}"),
                    FakeReply.text("It is there."));
            window.say("Make a file");
            window.until(() -> window.shown("ask-allow"));
            assertThat(file).doesNotExist();
            window.press("ask-allow");
            window.until(() -> window.transcript().contains("It is there."));
            assertThat(file).exists();
            assertThat(window.transcript()).contains("touch made.txt");
        }
    }
}
