package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.TestWindow;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.window.ClaudeWindowJourney;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Commands and files in prompts with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CompletionRealCliJourneyTest extends ClaudeWindowJourney {
    private Path project;

    @BeforeEach
    void begin() throws IOException {
        project = Files.createDirectories(folder.resolve("project/notes and plans"));
        Files.writeString(project.resolve("garden plan.txt"), "seven panes of amber glass");
        Files.writeString(folder.resolve("project/Facade.java"), "class Facade { int bays = 12; }");
        Files.writeString(folder.resolve("project/.gitignore"), "*.key\n");
        Files.writeString(folder.resolve("project/private.key"), "secret");
    }

    private TestWindow openInProject() {
        TestWindow window = open();
        TestWindow.run(() -> window.newSessionFolder().set(folder.resolve("project").toString()));
        return window;
    }

    private static void type(TestWindow window, String text) {
        TestWindow.run(() -> {
            window.stage().requestFocus();
            TextArea area = window.composer();
            area.requestFocus();
            text.codePoints().forEach(c -> area.replaceSelection(Character.toString(c)));
        });
    }

    private static List<String> rows(TestWindow window) {
        return window.composerModel().completion().list().get().rows().stream()
                .map(Completion::name)
                .toList();
    }

    private static String text(TestWindow window) {
        return TestWindow.on(() -> window.composer().getText());
    }

    @Test
    void mentionedFilesReachTheModelWithTheirContentAlsoWithBlanksInTheirPath() {
        TestWindow window = openInProject();
        api.enqueue(FakeReply.text("Twelve bays."));
        type(window, "Look at @fcd");
        window.until(() -> rows(window).equals(List.of("Facade.java")));
        window.type(KeyCode.TAB);
        assertThat(text(window)).isEqualTo("Look at @Facade.java ");
        type(window, "and @gardenp");
        window.until(() -> rows(window).equals(List.of("garden plan.txt")));
        window.type(KeyCode.ENTER);
        assertThat(text(window))
                .isEqualTo("Look at @Facade.java and @\"notes and plans/garden plan.txt\" ");
        window.type(KeyCode.ENTER);
        awaitIdleWith(window, "Twelve bays.");
        String sent = api.requests().getLast().body().toString();
        assertThat(sent).contains("int bays = 12").contains("seven panes of amber glass");
    }

    @Test
    void aFolderContinuesInsideAndIgnoredFilesAreNotListed() {
        TestWindow window = openInProject();
        type(window, "@");
        window.until(() -> rows(window).contains("Facade.java"));
        assertThat(TestWindow.on(() -> rows(window)))
                .contains("notes and plans/")
                .doesNotContain("private.key");
        type(window, "notes");
        window.until(() -> !rows(window).isEmpty() && rows(window).getFirst().startsWith("notes"));
        window.type(KeyCode.TAB);
        assertThat(text(window)).isEqualTo("@\"notes and plans/");
        window.until(() -> rows(window).contains("garden plan.txt"));
    }

    @Test
    void theCommandsAreThoseOfTheCliAndOneOfThemRuns() {
        TestWindow window = openInProject();
        api.enqueue(FakeReply.text("Begun."));
        window.say("begin");
        awaitIdleWith(window, "Begun.");
        int asked = api.requests().size();
        type(window, "/context");
        window.until(() -> rows(window).contains("/context"));
        window.type(KeyCode.ENTER);
        awaitIdleWith(window, "Context Usage");
        assertThat(api.requests().subList(asked, api.requests().size()))
                .noneMatch(r -> r.body().toString().contains("/context"));
        type(window, "/compac");
        window.until(() -> rows(window).contains("/compact"));
        window.type(KeyCode.TAB);
        window.until(() -> !window.composerModel().completion().argumentHint().get().isEmpty());
    }
}
