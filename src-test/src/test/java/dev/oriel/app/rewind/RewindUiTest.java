package dev.oriel.app.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.stage.Window;
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
    void aRewindHidesWhatCameAfterAndOffersThePromptForEditing() {
        openDialogAt("Two panes");
        window.until(() -> window.shown("rewind-conversation"));
        TestWindow.run(() -> ((RadioButton) window.node("rewind-conversation")).setSelected(true));

        window.press("rewind-confirm");

        window.until(() -> !window.transcript().contains("The second answer."));
        window.until(() -> window.composer().getText().equals("Two panes"));
        assertThat(TestWindow.on(window::transcript))
                .contains("The first answer.", "You returned to this point");
        assertThat(TestWindow.on(() -> window.shown("rewind-confirm"))).isFalse();
    }

    @Test
    void aForkOpensANewSessionAndLeavesTheOther() {
        openDialogAt("Two panes");
        window.until(() -> window.shown("rewind-fork"));

        window.press("rewind-confirm");

        window.until(() -> window.transcript().contains("Forked from"));
        window.until(() -> window.composer().getText().equals("Two panes"));
        assertThat(TestWindow.on(window::transcript))
                .contains("The first answer.")
                .doesNotContain("The second answer.");
        assertThat(TestWindow.on(window::labels)).contains("One pane", "One pane (fork)");
    }

    @Test
    void onlyPromptsOfferIt() {
        openDialogAt("The first answer.");

        assertThat(TestWindow.on(() -> window.shown("rewind-confirm"))).isFalse();
        assertThat(TestWindow.on(() -> Window.getWindows().size())).isPositive();
    }

    @Test
    void filesThatCannotBeRewoundAreExplainedAndDisabled() {
        openDialogAt("One pane");
        window.until(() -> window.labels().stream().anyMatch(l -> l.startsWith("Files cannot")));

        assertThat(TestWindow.on(() -> window.node("rewind-files").isDisabled())).isTrue();
        assertThat(TestWindow.on(() -> window.node("rewind-both").isDisabled())).isTrue();
        assertThat(TestWindow.on(() -> window.node("rewind-fork").isDisabled())).isFalse();
    }
}
