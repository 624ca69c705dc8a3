package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links, footnotes and foldable parts with the keyboard.
class ReadingKeysUiTest {
    private static final String ANSWER =
            """
            See [the page](https://example.org/page) and a claim[^note].

            %s

            <details><summary>More</summary>

            The hidden text.

            </details>

            [^note]: The footnote.
            """
                    .formatted("Text in between.\n\n".repeat(40));

    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void open() throws Exception {
        FakeClaude claude = FakeClaude.in(folder.resolve("agent")).turn(t -> t.text(ANSWER));
        claude.install();
        Path config = Files.createDirectories(folder.resolve("config"));
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                config.resolve("settings.json"),
                Json.object()
                        .put("cli_path", claude.executable().toString())
                        .put("default_folder", project.toString())
                        .toString());
        window = TestWindow.cli(folder, ClaudeCli::new);
        window.say("Go");
        window.until(() ->
                window.transcript().contains("The footnote")
                        && window.turn() instanceof TurnState.Idle);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private GenericStyledArea<?, ?, ?> area() {
        return (GenericStyledArea<?, ?, ?>) window.node("transcript");
    }

    private void caretAt(String text) {
        TestWindow.run(() -> {
            area().requestFocus();
            int at = area().getText().indexOf(text);
            area().moveTo(at);
            area().requestFollowCaret();
        });
        window.until(() -> area().isFocused());
    }

    private boolean inSight(String text) {
        int at = area().getText().indexOf(text);
        return at >= 0 && area().getCharacterBoundsOnScreen(at, at + 1).isPresent();
    }

    @Test
    void tabGoesToLinksAndShowsWhereTheyLead() {
        caretAt("See the page");
        window.until(() -> inSight("See the page"));
        window.type(KeyCode.TAB);
        window.until(() -> area().getSelectedText().equals("the page"));
        window.until(() -> window.shown("link-hint"));
        assertThat(TestWindow.on(() -> ((Label) window.node("link-hint")).getText()))
                .isEqualTo("https://example.org/page");
        window.type(KeyCode.TAB);
        window.until(() -> area().getSelectedText().equals("[1]"));
        window.chord(KeyCode.SHIFT, KeyCode.TAB);
        window.until(() -> area().getSelectedText().equals("the page"));
    }

    @Test
    void aFootnoteIsReachedFromItsReferenceAndLeadsBack() {
        caretAt("[1]");
        window.until(() -> inSight("[1]"));
        window.type(KeyCode.ENTER);
        window.until(() -> inSight("The footnote."));
        window.until(() -> area().getSelectedText().startsWith("The footnote."));
        window.type(KeyCode.TAB);
        window.until(() -> area().getSelectedText().contains("\u21a9"));
        window.type(KeyCode.ENTER);
        window.until(() -> inSight("See the page") && area().getSelectedText().equals("[1]"));
    }

    @Test
    void aFoldablePartIsOpenedAndClosedBySpace() {
        caretAt("More");
        window.until(() -> inSight("More"));
        window.type(KeyCode.SPACE);
        window.until(() -> window.transcript().contains("The hidden text."));
        window.type(KeyCode.SPACE);
        window.until(() -> !window.transcript().contains("The hidden text."));
    }

    @Test
    void tabLeavesTheTextAfterTheLastStop() {
        caretAt("The footnote.");
        window.until(() -> inSight("The footnote."));
        for (int i = 0; i < 20 && TestWindow.on(() -> area().isFocused()); i++) {
            window.type(KeyCode.TAB);
        }
        window.until(() -> !area().isFocused());
    }
}
