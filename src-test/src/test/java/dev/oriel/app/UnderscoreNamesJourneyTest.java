package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.asks.request.AnswerKeys;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Message;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.window.AsksWindow;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Names with underscores in the real window: they are shown unchanged and define no mnemonics.
class UnderscoreNamesJourneyTest extends AsksWindow {
    @BeforeEach
    void turnToSession(TestInfo test) {
        turnTo(test.getDisplayName());
    }

    @AfterEach
    void denyPendingAsks() {
        TestWindow.run(() -> asks().deny(""));
        window.until(() -> asks().pending().isEmpty());
    }

    private void ask(String request) {
        sent.clear();
        String ask =
                "{\"type\":\"control_request\",\"request_id\":\"1\","
                        + "\"request\":{\"subtype\":\"can_use_tool\","
                        + request
                        + "}}";
        receiveAsk(TestWindow.on(() -> Message.parse(ask)));
        pulse();
    }

    private void askForRule(String content) {
        ask(
                "\"tool_name\":\"Bash\",\"input\":{\"command\":\"make\"},"
                    + "\"permission_suggestions\":[{\"type\":\"addRules\",\"behavior\":\"allow\","
                    + "\"rules\":[{\"toolName\":\"Bash\",\"ruleContent\":\""
                        + content
                        + "\"}]}]");
    }

    /// A scene knows its mnemonics once its controls were laid out.
    private void pulse() {
        TestWindow.run(() -> {
            window.stage().getScene().getRoot().applyCss();
            window.stage().getScene().getRoot().layout();
        });
    }

    @Test
    void altWithNDeniesWhateverTheRuleIsCalled() {
        for (String rule : List.of("make build_native:*", "make buildnative:*")) {
            askForRule(rule);
            window.chord(KeyCode.ALT, KeyCode.N);
            window.until(() -> !sent.isEmpty());
            assertThat(sent).as(rule).hasSize(1);
            assertThat(behavior()).as(rule).isEqualTo("deny");
        }
    }

    @Test
    void aRuleKeepsItsUnderscores() {
        askForRule("make build_native:*");
        assertThat(TestWindow.on(() -> window.button("ask-always").getText()))
                .contains("make build_native:*");
        assertThat(shownAsLabels()).contains(window.button("ask-always").getText());
    }

    @Test
    void aLongLineOfACommandIsShownWhole() {
        String command = "echo " + "/a/long/path".repeat(30) + " && rm x";
        ask("\"tool_name\":\"Bash\",\"input\":{\"command\":\"" + command + "\"}");
        pulse();
        assertThat(shownAsLabels()).contains(command);
    }

    @Test
    void optionsKeepTheirUnderscoresAndNoLetterChoosesOne() {
        ask(
                "\"tool_name\":\"AskUserQuestion\",\"input\":{\"questions\":[{\"question\":\"Which_"
                    + "name?\",\"multiSelect\":false,\"options\":[{\"label\":\"__init__\","
                    + "\"description\":\"a"
                    + " _y_\"},{\"label\":\"use_n\"}]},{\"question\":\"Flags?\",\"multiSelect\":true,"
                    + "\"options\":[{\"label\":\"no_cache\"},{\"label\":\"dry_run\"}]}]}");
        assertThat(shownAsLabels())
                .contains("Which_name?", "__init__", "a _y_", "use_n", "no_cache", "dry_run");
        window.chord(KeyCode.ALT, KeyCode.N);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("deny");
    }

    @Test
    void noControlOfTheWindowTakesAnUnderscoreForAMnemonic() {
        askForRule("make build_native:*");
        assertThat(withMnemonics(window.stage().getScene().getRoot())).isEmpty();
        for (String panel : List.of("open-settings", "server")) {
            window.press(panel);
            pulse();
            assertThat(withMnemonics(window.stage().getScene().getRoot())).as(panel).isEmpty();
            window.type(KeyCode.ESCAPE);
        }
    }

    @Test
    void aTitleMayHaveAnUnderscoreAndThenNone() {
        for (String title : List.of("build_native and run", "short", "_x", "")) {
            TestWindow.run(() -> ((Labeled) window.node("session-title")).setText(title));
            pulse();
        }
        window.say("hello");
        window.until(() -> window.turn() instanceof TurnState.Idle);
    }

    @Test
    void aFolderNameWithALineBreakIsShownOnOneLine() {
        TestWindow.run(() -> window.wiring().shell().draft().folder().set("/x/a\nb"));
        assertThat(TestWindow.on(() -> ((Labeled) window.node("begin-folder")).getText()))
                .isEqualTo("/x/a b");
        TestWindow.run(() -> window.wiring().shell().draft().folder().set(""));
    }

    @Test
    void onMacOsTheKeysOfAnAnswerTypeNothing() {
        for (AnswerKeys key : AnswerKeys.values()) {
            KeyCombination onMac = KeyCombination.valueOf(key.keys(OperatingSystem.MACOS));
            assertThat(onMac.getMeta()).isEqualTo(KeyCombination.ModifierValue.DOWN);
            assertThat(key.shown(OperatingSystem.MACOS)).startsWith("Cmd+Option+");
            assertThat(key.keys(OperatingSystem.LINUX))
                    .isEqualTo(key.shown(OperatingSystem.LINUX))
                    .startsWith("Alt+");
        }
    }

    /// The texts that the skins of the labels have laid out.
    private List<String> shownAsLabels() {
        return TestWindow.on(() -> {
            List<String> texts = new ArrayList<>();
            for (Labeled l : labeled(window.stage().getScene().getRoot(), new ArrayList<>())) {
                l.getChildrenUnmodifiable().stream()
                        .filter(javafx.scene.text.Text.class::isInstance)
                        .map(n -> ((javafx.scene.text.Text) n).getText())
                        .forEach(texts::add);
            }
            return texts;
        });
    }

    private static List<String> withMnemonics(Parent root) {
        return TestWindow.on(() -> {
            List<String> bad = new ArrayList<>();
            for (Labeled l : labeled(root, new ArrayList<>())) {
                if (l.isMnemonicParsing()) {
                    bad.add(l + " " + l.getText());
                }
                List<MenuItem> items = new ArrayList<>();
                if (l instanceof MenuButton menu) {
                    items.addAll(menu.getItems());
                }
                if (l.getContextMenu() != null) {
                    items.addAll(l.getContextMenu().getItems());
                }
                items.stream()
                        .filter(i -> i.getText() != null && i.isMnemonicParsing())
                        .forEach(i -> bad.add(i.getText()));
            }
            return bad;
        });
    }

    private static List<Labeled> labeled(Node node, List<Labeled> found) {
        if (node instanceof Labeled l) {
            found.add(l);
        }
        if (node instanceof Parent p) {
            p.getChildrenUnmodifiable().forEach(n -> labeled(n, found));
        }
        return found;
    }
}
