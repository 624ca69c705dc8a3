package dev.oriel.app.rewind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Returning to a prompt in the window, with the real `claude` CLI: what the model reads after a
/// fork or a rewind, and the files that the CLI restores.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RewindRealCliJourneyTest extends ClaudeWindowJourney {
    private void say(TestWindow window, String prompt, String answer) {
        api.enqueue(FakeReply.text(answer));
        window.say(prompt);
        awaitIdleWith(window, answer);
    }

    /// The conversation in the last request that the API got.
    private String lastConversation() {
        return api.requests().getLast().body().path("messages").toString();
    }

    /// Opens the dialog for the second and last prompt with the keys of the empty field.
    private static void returnByKeyboard(TestWindow window) {
        window.write("");
        window.type(KeyCode.ESCAPE);
        window.type(KeyCode.ESCAPE);
        window.until(() ->
                window.shown("outline-list")
                        && ((ListView<?>) window.node("outline-list")).getItems().size() == 2);
        window.type(KeyCode.ENTER);
        window.until(() -> window.shown("rewind-fork"));
    }

    /// Opens the dialog for a prompt with the menu of the conversation.
    private static void returnByMenu(TestWindow window, String prompt) {
        TestWindow.run(() -> {
            GenericStyledArea<?, ?, ?> area =
                    (GenericStyledArea<?, ?, ?>) window.node("transcript");
            area.moveTo(area.getText().lastIndexOf(prompt));
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

    /// Waits until the prompt is offered for editing.
    private static void awaitOffered(TestWindow window, String prompt) {
        window.until(() ->
                window.composer().getText().equals(prompt) && !window.shown("rewind-confirm"));
    }

    @Test
    void aForkAsksAnewAndTheOtherSessionRemembersItsOwnAnswer() {
        TestWindow window = open();
        say(window, "The frame is made of oak", "Noted, oak.");
        say(window, "Which glass fits?", "Clear glass fits.");
        String original = ((WindowPage.Conversation) window.page()).id();

        returnByKeyboard(window);
        window.click("#rewind-confirm");
        window.until(() -> window.transcript().contains("Forked from"));
        awaitOffered(window, "Which glass fits?");
        assertThat(window.transcript()).contains("Noted, oak.").doesNotContain("Clear glass fits.");

        say(window, "Which warm glass fits?", "Amber glass fits.");
        assertThat(lastConversation())
                .contains("The frame is made of oak", "Noted, oak.", "Which warm glass fits?")
                .doesNotContain("Which glass fits?", "Clear glass fits.");

        window.openSession(original);
        window.until(() -> window.transcript().contains("Clear glass fits."));
        assertThat(window.transcript()).doesNotContain("Amber glass fits.");
        say(window, "How thick?", "Four millimetres.");
        assertThat(lastConversation())
                .contains("Clear glass fits.", "How thick?")
                .doesNotContain("Amber glass fits.");
    }

    @Test
    void aRewoundConversationIsForgottenByTheModelAlsoAfterARestart() {
        TestWindow window = open();
        say(window, "The frame is made of oak", "Noted, oak.");
        say(window, "Which glass fits?", "Clear glass fits.");

        returnByKeyboard(window);
        window.click("#rewind-conversation");
        window.click("#rewind-confirm");
        window.until(() ->
                window.transcript().contains("You returned to this point")
                        && !window.transcript().contains("Clear glass fits."));
        awaitOffered(window, "Which glass fits?");
        say(window, "Which warm glass fits?", "Amber glass fits.");
        assertThat(lastConversation())
                .contains("Noted, oak.", "Which warm glass fits?")
                .doesNotContain("Which glass fits?", "Clear glass fits.");

        window.close();
        TestWindow again = open();
        again.until(() -> again.transcript().contains("Amber glass fits."));
        assertThat(again.transcript()).doesNotContain("Clear glass fits.");
        say(again, "How thick?", "Four millimetres.");
        assertThat(lastConversation())
                .contains("Noted, oak.", "Amber glass fits.", "How thick?")
                .doesNotContain("Clear glass fits.");
    }

    @Test
    void filesAreRestoredAfterAPreviewAloneAndWithTheConversation() throws IOException {
        writeUserSettings("{\"permissions\":{\"allow\":[\"Edit\",\"Read\"]}}");
        Path file = Files.writeString(folder.resolve("home").resolve("window.txt"), "two panes\n");
        TestWindow window = open();
        TestWindow.run(() -> window.newSessionFolder().set(folder.resolve("home").toString()));
        say(window, "What is a pane?", "A sheet of glass.");
        change(window, file, "One more pane", "three panes");

        returnByMenu(window, "One more pane");
        window.until(() -> preview(window).contains(file.getFileName().toString()));
        assertThat(TestWindow.on(() -> preview(window))).startsWith("1 file changes (+1 −1 lines)");
        assertThat(file).hasContent("three panes\n");
        window.click("#rewind-files");
        window.click("#rewind-confirm");
        window.until(() -> !window.shown("rewind-confirm"));
        assertThat(file).hasContent("two panes\n");
        assertThat(window.transcript()).contains("Now three panes.");

        change(window, file, "Twice as many panes", "four panes");
        returnByMenu(window, "Twice as many panes");
        window.until(() -> preview(window).contains(file.getFileName().toString()));
        window.click("#rewind-both");
        window.click("#rewind-confirm");
        awaitOffered(window, "Twice as many panes");
        assertThat(file).hasContent("two panes\n");
        window.until(() -> !window.transcript().contains("Now four panes."));
        say(window, "How many are there?", "Two.");
        assertThat(lastConversation())
                .contains("A sheet of glass.", "Now three panes.", "How many are there?")
                .doesNotContain("Now four panes.", "Twice as many panes");
    }

    /// A turn in which Claude replaces the text of a file.
    private void change(TestWindow window, Path file, String prompt, String text) {
        String path = file.toString();
        api.enqueue(
                FakeReply.toolUse("Read", Json.object().put("file_path", path).toString()),
                FakeReply.toolUse(
                        "Edit",
                        Json.object()
                                .put("file_path", path)
                                .put("old_string", "two panes")
                                .put("new_string", text)
                                .toString()));
        say(window, prompt, "Now " + text + ".");
        assertThat(file).hasContent(text + "\n");
    }
}
