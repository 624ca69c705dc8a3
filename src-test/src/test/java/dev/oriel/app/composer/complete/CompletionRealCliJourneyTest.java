package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands and files in prompts with the real `claude` CLI, which talks to a fake API.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CompletionRealCliJourneyTest {
    @TempDir Path folder;

    private @Nullable TestWindow opened;
    private RealClaude real;
    private FakeMessagesApi api;
    private Path project;

    @BeforeEach
    void begin() throws IOException {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        project = Files.createDirectories(folder.resolve("project/notes and plans"));
        Files.writeString(project.resolve("garden plan.txt"), "seven panes of amber glass");
        Files.writeString(folder.resolve("project/Facade.java"), "class Facade { int bays = 12; }");
        Files.writeString(folder.resolve("project/.gitignore"), "*.key\n");
        Files.writeString(folder.resolve("project/private.key"), "secret");
    }

    @AfterEach
    void end() {
        if (opened != null) {
            opened.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private TestWindow open() {
        TestWindow window =
                TestWindow.cli(
                        folder,
                        s -> new ClaudeCli(s.withExecutable(real.executable()), real.machine(api)));
        opened = window;
        window.until(
                () -> ((MenuButton) window.node("begin-agent")).getText().startsWith("Claude"));
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

    private void untilIdle(TestWindow window, String answer) {
        window.until(() ->
                window.transcript().contains(answer) && window.turn() instanceof TurnState.Idle);
    }

    @Test
    void mentionedFilesReachTheModelWithTheirContentAlsoWithBlanksInTheirPath() {
        TestWindow window = open();
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
        untilIdle(window, "Twelve bays.");
        String sent = api.requests().getLast().body().toString();
        assertThat(sent).contains("int bays = 12").contains("seven panes of amber glass");
    }

    @Test
    void aFolderContinuesInsideAndIgnoredFilesAreNotListed() {
        TestWindow window = open();
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
        TestWindow window = open();
        api.enqueue(FakeReply.text("Begun."));
        window.say("begin");
        untilIdle(window, "Begun.");
        int asked = api.requests().size();
        type(window, "/context");
        window.until(() -> rows(window).contains("/context"));
        window.type(KeyCode.ENTER);
        window.until(() ->
                window.transcript().contains("Context Usage")
                        && window.turn() instanceof TurnState.Idle);
        assertThat(api.requests().subList(asked, api.requests().size()))
                .noneMatch(r -> r.body().toString().contains("/context"));
        type(window, "/compac");
        window.until(() -> rows(window).contains("/compact"));
        window.type(KeyCode.TAB);
        window.until(() -> !window.composerModel().completion().argumentHint().get().isEmpty());
    }
}
