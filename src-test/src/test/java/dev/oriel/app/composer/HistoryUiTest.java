package dev.oriel.app.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.complete.Completion;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl+R in the composer: searching the prompts that were sent before.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HistoryUiTest {
    @TempDir Path folder;
    private TestWindow window;

    @BeforeEach
    void open() {
        window = TestWindow.demo(folder);
        for (String prompt : List.of("hello", "help")) {
            window.say(prompt);
            window.until(() ->
                    window.transcript().contains(prompt)
                            && window.turn() instanceof TurnState.Idle
                            && window.composer().getText().isEmpty());
        }
    }

    @AfterEach
    void close() {
        window.close();
    }

    private List<String> rows() {
        return window.composerModel().search().history().list().get().rows().stream()
                .map(Completion::name)
                .toList();
    }

    private void search(String words) {
        window.chord(KeyCode.CONTROL, KeyCode.R);
        window.until(() -> rows().equals(List.of("help", "hello")) && window.shown("history"));
        TestWindow.run(() -> window.composer().replaceSelection(words));
    }

    @Test
    void enterTakesThePromptThatContainsWhatWasTyped() {
        search("LLO");
        window.until(() -> rows().equals(List.of("hello")));
        window.type(KeyCode.ENTER);
        window.until(() -> window.composer().getText().equals("hello"));
        assertThat(TestWindow.on(() -> window.shown("history"))).isFalse();
        assertThat(TestWindow.on(() -> window.composer().isFocused())).isTrue();
    }

    @Test
    void escReturnsToTheDraftAndStopsNothing() {
        window.write("a draft");
        search("hel");
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.composer().getText().equals("a draft"));
        assertThat(TestWindow.on(() -> window.shown("history"))).isFalse();
    }

    @Test
    void downSelectsAnOlderPrompt() {
        search("");
        window.type(KeyCode.DOWN);
        window.type(KeyCode.TAB);
        window.until(() -> window.composer().getText().equals("hello"));
    }

    @Test
    void aQueryWithoutAMatchReturnsToTheDraftOnEnter() {
        window.write("a draft");
        search("nothing like it");
        window.until(() -> rows().isEmpty());
        window.type(KeyCode.ENTER);
        window.until(() -> window.composer().getText().equals("a draft"));
        assertThat(TestWindow.on(window::transcript)).doesNotContain("nothing like it");
    }
}
