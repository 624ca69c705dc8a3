package dev.oriel.app.account.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.account.FirstRunViewModel;
import dev.oriel.app.account.ServerPlace;
import dev.oriel.app.shell.AgentChoice;
import dev.oriel.app.shell.NewSessionDraft;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.AgentInfo.Status;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.testing.client.FakeAccounts;
import dev.oriel.testing.window.FxThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxToolkit;

@Timeout(120)
class AccountsUiTest {
    private static final String KEY = "sk-ant-canary-7";

    private final FakeAccounts server = new FakeAccounts();
    private final NewSessionDraft draft = new NewSessionDraft();
    private final List<String> said = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();
    private final AccountsViewModel accounts =
            new AccountsViewModel(() -> server, Runnable::run, said::add, said::add);
    private Status cli = Status.MISSING;
    private @Nullable Stage stage;

    @BeforeEach
    void setUp() throws Exception {
        FxToolkit.registerPrimaryStage();
        accounts.state().subscribe(_ -> draft.updateAccounts(accounts.accounts()));
    }

    @AfterEach
    void tearDown() {
        FxThread.run(() -> {
            if (stage != null) {
                stage.close();
            }
        });
    }

    private void show(Region view) {
        Stage shown = new Stage();
        stage = shown;
        shown.setScene(new Scene(view, 700, 700));
        shown.show();
    }

    private static AgentInfo agent(String kind, Status status, boolean preferred) {
        return new AgentInfo(
                kind,
                status,
                preferred,
                null,
                null,
                status == Status.READY ? null : "It was not found.",
                kind.equals("cli") ? "Run `install claude` first." : null);
    }

    private FirstRunViewModel firstRun() {
        FirstRunViewModel[] made = new FirstRunViewModel[1];
        Runnable load =
                () -> {
                    boolean any = !server.accounts().isEmpty();
                    draft.updateAgents(
                            List.of(
                                    agent("cli", cli, true),
                                    agent("api", any ? Status.READY : Status.MISSING, false),
                                    agent("demo", Status.READY, false)));
                    made[0].onAgents();
                };
        made[0] = new FirstRunViewModel(accounts, draft, load);
        accounts.setOnChanged(load);
        load.run();
        return made[0];
    }

    private FirstRunViewModel showFirstRun() {
        FirstRunViewModel model = firstRun();
        show(new FirstRunView(model, opened::add, opened::add, said::add));
        return model;
    }

    private void showPanel() {
        accounts.setOnChanged(() -> {});
        show(new AccountsPanel(accounts, _ -> 2, opened::add, said::add, () -> {}));
    }

    private <T extends Node> T node(String id, Class<T> type) {
        Scene scene = Objects.requireNonNull(stage).getScene();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        return type.cast(Objects.requireNonNull(scene.lookup("#" + id), id));
    }

    private void press(String id) {
        node(id, Button.class).fire();
    }

    private void choose(String menu, String text) {
        MenuItem item =
                node(menu, MenuButton.class).getItems().stream()
                        .filter(i -> i.getText().equals(text))
                        .findFirst()
                        .orElseThrow();
        item.fire();
    }

    private String text(String id) {
        return node(id, Labeled.class).getText();
    }

    private static void paste(KeyField field, String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        field.paste();
    }

    /// All that a screen reader can read in the window.
    private String spoken() {
        // What is new gets its skin, which is what a screen reader asks.
        Scene scene = Objects.requireNonNull(stage).getScene();
        scene.getRoot().applyCss();
        StringBuilder out = new StringBuilder(said.toString());
        collect(scene.getRoot(), out);
        return out.toString();
    }

    private static void collect(Node node, StringBuilder out) {
        for (AccessibleAttribute each :
                List.of(
                        AccessibleAttribute.TEXT,
                        AccessibleAttribute.HELP,
                        AccessibleAttribute.VALUE)) {
            out.append(node.queryAccessibleAttribute(each)).append('\n');
        }
        out.append(node.getAccessibleText()).append(node.getUserData());
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(n -> collect(n, out));
        }
    }

    @Test
    void aPastedKeyIsTriedAtOnceAndLeadsToANewSession() {
        FxThread.run(() -> {
            FirstRunViewModel model = showFirstRun();
            KeyField key = node("account-key", KeyField.class);
            paste(key, "  " + KEY + "\r\n");
            assertThat(server.added()).extracting(AccountDraft::key).containsExactly(KEY);
            assertThat(model.shown().get()).isFalse();
            AgentChoice chosen = draft.agent().get();
            assertThat(chosen.account()).isEqualTo("account-1");
            assertThat(said).contains("It works, with 2 models.");
            // Nothing of the key stays in the window.
            assertThat(key.getText()).isEmpty();
            key.undo();
            assertThat(key.getText()).isEmpty();
        });
    }

    @Test
    void aBadKeyIsSaidWithTheNextStep() {
        FxThread.run(() -> {
            FirstRunViewModel model = showFirstRun();
            KeyField key = node("account-key", KeyField.class);
            key.setText("sk-ant-bad");
            key.fireEvent(new javafx.event.ActionEvent());
            assertThat(text("account-verdict")).isEqualTo("The server does not accept the key.");
            assertThat(model.shown().get()).isTrue();
            press("account-open-page");
            assertThat(opened.getLast()).startsWith("https://console.anthropic.com/");
            // What is corrected is not wrong any more.
            key.appendText("x");
            assertThat(node("account-verdict", Labeled.class).getParent().getParent().isVisible())
                    .isFalse();
        });
    }

    @Test
    void noFieldMovesWhenSomethingIsFound() {
        FxThread.run(() -> {
            showFirstRun();
            press("account-more");
            List<String> fields = List.of("account-key", "account-url", "account-name");
            List<Double> before = fields.stream().map(this::top).toList();
            node("account-url", TextField.class).setText("no address");
            press("account-submit");
            assertThat(text("account-verdict")).contains("not the address");
            assertThat(fields.stream().map(this::top).toList()).isEqualTo(before);
            assertThat(top("account-verdict")).isGreaterThan(top("account-name"));
        });
    }

    /// Where a node begins, from its page's beginning.
    private double top(String id) {
        Node node = node(id, Node.class);
        Node page = node("account-key", Node.class).getParent().getParent();
        return node.localToScene(node.getLayoutBounds()).getMinY()
                - page.localToScene(page.getLayoutBounds()).getMinY();
    }

    @Test
    void theKeyIsNeitherShownNorSpokenNorCopied() {
        FxThread.run(() -> {
            showFirstRun();
            KeyField key = node("account-key", KeyField.class);
            key.setText(KEY);
            ClipboardContent content = new ClipboardContent();
            content.putString("before");
            Clipboard.getSystemClipboard().setContent(content);
            key.selectAll();
            key.copy();
            key.cut();
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("before");
            assertThat(spoken()).doesNotContain("canary");
            key.clear();
            key.fireEvent(
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED, "z", "z", KeyCode.Z, false, true, false, false));
            assertThat(key.getText()).isEmpty();
        });
    }

    @Test
    void theProgramIsFoundOnceItIsInstalled() {
        FxThread.run(() -> {
            FirstRunViewModel model = showFirstRun();
            press("first-run-copy");
            assertThat(opened).containsExactly("install claude");
            press("first-run-check");
            assertThat(model.shown().get()).isTrue();
            cli = Status.READY;
            press("first-run-check");
            assertThat(model.shown().get()).isFalse();
        });
    }

    @Test
    void aRemoteServersComputerIsNotCalledThisOne() {
        accounts.setPlace(() -> ServerPlace.ELSEWHERE);
        FxThread.run(() -> {
            showFirstRun();
            assertThat(spoken())
                    .contains("Use a model on the server’s computer")
                    .doesNotContain("this computer");
            Objects.requireNonNull(stage).close();
            showPanel();
            assertThat(spoken())
                    .contains("Add a model on the server’s computer")
                    .doesNotContain("this computer");
        });
    }

    @Test
    void aModelOfThisComputerIsUsed() {
        FxThread.run(() -> {
            FirstRunViewModel model = showFirstRun();
            assertThat(text("local-none")).startsWith("None was found.");
            server.with(FakeAccounts.ollama("qwen3-coder", "gpt-oss"));
            press("local-search");
            press("local-use-1");
            assertThat(model.shown().get()).isFalse();
            AccountInfo added = server.accounts().getFirst();
            assertThat(added.name()).isEqualTo("Ollama");
            assertThat(added.defaultModel()).isEqualTo("qwen3-coder");
        });
    }

    @Test
    void anAccountIsRenamedGetsANewKeyAndIsRemoved() {
        server.with(FakeAccounts.account("a", "Anna")).with(FakeAccounts.account("b", "Bob"));
        FxThread.run(() -> {
            showPanel();
            choose("account-more-a", "Rename…");
            node("account-rename-field", TextField.class).setText("Work");
            node("account-rename-field", TextField.class).fireEvent(new javafx.event.ActionEvent());
            assertThat(server.accounts()).extracting(AccountInfo::name).contains("Work");
            choose("account-more-a", "New key…");
            paste(node("account-key-field", KeyField.class), KEY);
            assertThat(server.added().getLast().key()).isEqualTo(KEY);
            assertThat(text("account-verdict-a")).isEqualTo("It works, with 2 models.");
            assertThat(spoken()).doesNotContain("canary");
            choose("account-more-b", "Make default");
            assertThat(server.accounts().getLast().preferred()).isTrue();
            choose("account-more-a", "Remove…");
            assertThat(spoken()).contains("2 sessions use it");
            press("account-confirm-remove");
            assertThat(server.accounts()).extracting(AccountInfo::id).containsExactly("b");
        });
    }
}
