package dev.oriel.app.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Returning to a prompt in the real window.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the fake CLI is a shell script")
class RewindUiTest {
    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestWindow window;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        FakeClaude claude =
                FakeClaude.in(folder.resolve("agent"))
                        .turn(t -> t.text("The first answer."))
                        .turn(t -> t.text("The second answer."))
                        .install();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("settings.json"),
                Json.object().put("cli_path", claude.executable().toString()).toString());
        window = TestWindow.cli(folder, ClaudeCli::new);
        say("One pane", "The first answer.");
        say("Two panes", "The second answer.");
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void say(String prompt, String answer) {
        window.say(prompt);
        window.until(() ->
                window.transcript().contains(answer) && window.turn() instanceof TurnState.Idle);
    }

    /// Opens the context menu at the text and fires the item that returns to a prompt.
    private void openDialogAt(String text) {
        GenericStyledArea<?, ?, ?> area = (GenericStyledArea<?, ?, ?>) window.node("transcript");
        TestWindow.run(() -> {
            area.moveTo(area.getText().indexOf(text));
            ContextMenu menu = area.getContextMenu();
            menu.show(area, 100, 100);
            menu.getItems().stream()
                    .filter(i -> "Return to this prompt…".equals(i.getText()))
                    .findFirst()
                    .ifPresent(MenuItem::fire);
            menu.hide();
        });
    }

    @Test
    void theMenuBeginsWithWhatConcernsThePrompt() {
        GenericStyledArea<?, ?, ?> area = (GenericStyledArea<?, ?, ?>) window.node("transcript");
        List<String> items =
                TestWindow.on(() -> {
                    area.moveTo(area.getText().indexOf("Two panes"));
                    ContextMenu menu = area.getContextMenu();
                    menu.show(area, 100, 100);
                    List<String> all =
                            menu.getItems().stream()
                                    .map(MenuItem::getText)
                                    .filter(Objects::nonNull)
                                    .toList();
                    menu.hide();
                    return all;
                });
        assertThat(items).containsSubsequence("Return to this prompt…", "Find…");
    }

    @Test
    void aRewindHidesWhatCameAfterAndOffersThePromptForEditing() {
        openDialogAt("Two panes");
        window.until(() -> window.shown("rewind-conversation"));
        TestWindow.run(() -> ((RadioButton) window.node("rewind-conversation")).setSelected(true));

        window.press("rewind-confirm");

        // The reply and the change of the conversation may come in any order.
        window.until(() -> {
            String shown = window.transcript();
            return shown.contains("The first answer.")
                    && shown.contains("You returned to this point")
                    && !shown.contains("The second answer.");
        });
        window.until(() ->
                window.composer().getText().equals("Two panes") && !window.shown("rewind-confirm"));
    }

    @Test
    void aForkOpensANewSessionAndLeavesTheOther() {
        openDialogAt("Two panes");
        window.until(() -> window.shown("rewind-fork"));

        window.press("rewind-confirm");

        window.until(() -> {
            String shown = window.transcript();
            return shown.contains("Forked from") && shown.contains("The first answer.");
        });
        window.until(() -> window.composer().getText().equals("Two panes"));
        assertThat(window.transcript()).doesNotContain("The second answer.");
        window.until(() -> window.labels().containsAll(List.of("One pane", "One pane (fork)")));
    }

    @Test
    void escTwiceInTheEmptyFieldListsThePrompts() {
        TestWindow.run(() -> window.composer().requestFocus());
        window.type(KeyCode.ESCAPE);
        window.type(KeyCode.LEFT);
        window.type(KeyCode.ESCAPE);
        assertThat(window.shown("outline-list")).as("another key came in between").isFalse();
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.shown("outline-list"));
        assertThat(window.labels()).contains("Return to which prompt?");
        window.until(() -> ((ListView<?>) window.node("outline-list")).getItems().size() == 2);
        window.type(KeyCode.UP);
        window.type(KeyCode.ENTER);
        window.until(() -> window.shown("rewind-fork"));
        assertThat(window.labels()).contains("One pane");
    }

    @Test
    void escInAFieldWithTextListsNothing() {
        TestWindow.run(() -> {
            window.composer().requestFocus();
            window.composer().setText("half a prompt");
        });
        window.type(KeyCode.ESCAPE);
        window.type(KeyCode.ESCAPE);
        assertThat(window.shown("outline-list")).isFalse();
    }

    @Test
    void onlyPromptsOfferIt() {
        openDialogAt("The first answer.");

        assertThat(window.shown("rewind-confirm")).isFalse();
    }

    @Test
    void filesThatCannotBeRewoundAreExplainedAndDisabled() {
        openDialogAt("One pane");
        window.until(() ->
                window.labels().stream().anyMatch(l -> l.startsWith("Files cannot"))
                        && window.node("rewind-files").isDisabled()
                        && window.node("rewind-both").isDisabled()
                        && !window.node("rewind-fork").isDisabled());
    }
}
