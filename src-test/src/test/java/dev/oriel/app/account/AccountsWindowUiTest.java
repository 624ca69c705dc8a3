package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.TestWindow;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Accounts in the whole window, with its own server and a gateway that speaks the Messages API.
@Timeout(120)
class AccountsWindowUiTest {
    private static final String KEY = "sk-ant-canary-window-51";

    @TempDir Path folder;

    private static String text(TestWindow window, String id) {
        return TestWindow.on(() -> ((Labeled) window.node(id)).getText());
    }

    private static void enter(TestWindow window, String id, String text) {
        window.until(() -> window.shown(id));
        TestWindow.run(() -> ((TextField) window.node(id)).setText(text));
    }

    private static void openAccounts(TestWindow window) {
        TestWindow.run(() -> window.accounts().load());
        window.until(() -> window.accounts().state().get() instanceof AccountsState.Known);
        window.press("open-settings");
        window.until(() -> window.shown("open-accounts"));
        window.press("open-accounts");
        window.until(() -> window.shown("account-key"));
    }

    private static List<AccountInfo> accounts(TestWindow window) {
        return TestWindow.on(() -> window.accounts().accounts());
    }

    private static void addGateway(TestWindow window, String url, String key) {
        window.press("account-more");
        enter(window, "account-url", url);
        enter(window, "account-model", "claude-opus-5-5");
        enter(window, "account-key", key);
        window.press("account-submit");
    }

    /// The files below the folder that contain the key.
    private List<Path> filesWithTheKey() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (content.contains("canary-window")) {
                    found.add(file.getFileName());
                }
            }
        }
        return found;
    }

    @Test
    void anAccountIsCheckedAddedAndRemovedAndItsKeyIsOnlyInTheStore() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = TestWindow.demo(folder)) {
            openAccounts(window);
            assertThat(accounts(window)).isEmpty();
            addGateway(window, api.url(), "  " + KEY + " ");
            window.until(() -> accounts(window).size() == 1);
            AccountInfo added = accounts(window).getFirst();
            assertThat(added.hasKey()).isTrue();
            assertThat(api.requests())
                    .isNotEmpty()
                    .allMatch(r -> r.key().isEmpty() || r.key().contains(KEY));
            assertThat(TestWindow.on(() -> ((TextField) window.node("account-key")).getText()))
                    .isEmpty();
            assertThat(filesWithTheKey()).containsExactly(Path.of("keys.json"));
            JsonNode stored =
                    Json.mapper()
                            .readTree(folder.resolve("data").resolve("accounts.json").toFile());
            assertThat(stored.toString()).contains(added.id());

            String more = "account-more-" + added.id();
            window.until(() -> window.shown(more));
            TestWindow.run(() ->
                    ((MenuButton) window.node(more))
                            .getItems().stream()
                                    .filter(i -> i.getText().equals("Remove…"))
                                    .findFirst()
                                    .ifPresent(MenuItem::fire));
            window.until(() -> window.shown("account-confirm-remove"));
            window.press("account-confirm-remove");
            window.until(() -> window.shown("accounts-none"));
            assertThat(filesWithTheKey()).isEmpty();
        }
    }

    @Test
    void aRefusedKeyIsSaidAndNotStored() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                TestWindow window = TestWindow.demo(folder)) {
            api.replyTo(_ -> FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
            openAccounts(window);
            addGateway(window, api.url(), KEY);
            window.until(() ->
                    window.shown("account-verdict")
                            && text(window, "account-verdict").contains("not accept the key"));
            assertThat(accounts(window)).isEmpty();
            assertThat(filesWithTheKey()).isEmpty();
        }
    }

    @Test
    void anAddressWithoutAServerIsSaid() {
        try (TestWindow window = TestWindow.demo(folder)) {
            openAccounts(window);
            addGateway(window, "http://127.0.0.1:1", KEY);
            window.until(() ->
                    window.shown("account-verdict")
                            && text(window, "account-verdict")
                                    .contains("no connection to 127.0.0.1:1"));
            assertThat(accounts(window)).isEmpty();
        }
    }
}
