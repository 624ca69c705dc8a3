package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.message.Message;

import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Asks in the real window: which part is visible, and what an answer means.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsksJourneyTest {
    @SuppressWarnings("NullAway.Init") // opened before the first test
    private TestWindow window;

    private final List<Message> sent = new ArrayList<>();

    @BeforeAll
    void open(@TempDir Path folder) {
        window = TestWindow.demo(folder);
        window.say("hello");
        window.until(
                () -> window.transcript().length() > 60 && window.turn() instanceof TurnState.Idle);
    }

    @AfterAll
    void close() {
        window.close();
    }

    @AfterEach
    void forget() {
        TestWindow.run(() -> asks().attach("none", _ -> true));
    }

    private AsksViewModel asks() {
        return window.wiring().asks();
    }

    private void turnTo(String session) {
        TestWindow.run(() -> asks().attach(session, sent::add));
    }

    private void ask(String id, String tool, ObjectNode input) {
        ask(id, tool, input, Json.object());
    }

    private void ask(String id, String tool, ObjectNode input, ObjectNode more) {
        ObjectNode ask = Json.object().put("type", "control_request").put("request_id", id);
        ObjectNode request = ask.putObject("request").put("subtype", "can_use_tool");
        request.put("tool_name", tool).setAll(more);
        request.set("input", input);
        TestWindow.run(() -> asks().receive(Message.of(ask), false));
        window.until(() -> asks().armed().get());
    }

    private static ObjectNode command(int lines) {
        return Json.object()
                .put(
                        "command",
                        IntStream.rangeClosed(1, lines)
                                        .mapToObj(i -> "echo line " + i)
                                        .collect(Collectors.joining("\n"))
                                + "\nrm -rf build");
    }

    private String text(String id) {
        return TestWindow.on(() -> ((Label) window.node(id)).getText());
    }

    private String behavior() {
        return sent.getLast().tree().at("/response/response/behavior").asText();
    }

    @Test
    void aLongCommandCanBeAllowedOnlyOnceItsEndWasVisible() {
        turnTo("long");
        ask("1", "Bash", command(119));
        window.until(() -> window.shown("ask-rest"));
        assertThat(text("ask-rest")).startsWith("120 lines, ").endsWith(" below");
        double height = TestWindow.on(() -> window.node("ask-lines").getLayoutBounds().getHeight());
        double whole = TestWindow.on(() -> window.stage().getScene().getHeight());
        assertThat(height).isBetween(whole * 0.4, whole * 0.5 + 1);

        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> asks().endSeen().get());
        assertThat(sent).isEmpty();
        assertThat(text("ask-rest")).startsWith("120 lines, ").endsWith(" above");
        window.until(() -> asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("allow");
        sent.clear();
    }

    @Test
    void theEndOfAVeryLongLineMustBeSeenToo() {
        turnTo("line");
        ask(
                "1",
                "Bash",
                Json.object().put("command", "echo " + "x ".repeat(20_000) + "; rm -rf ~"));
        window.until(() -> window.shown("ask-rest"));
        assertThat(text("ask-rest")).isEqualTo("1 line, 1 below");
        assertThat(TestWindow.on(() -> asks().endSeen().get())).isFalse();
    }

    @Test
    void aShortCommandIsFullyVisibleAndItsLinesAreClose() {
        turnTo("short");
        ask("1", "Bash", command(5));
        window.until(() -> asks().endSeen().get());
        assertThat(TestWindow.on(() -> window.shown("ask-rest"))).isFalse();
        ListView<?> list = (ListView<?>) window.node("ask-lines");
        assertThat(TestWindow.on(() -> list.lookup(".list-cell").getLayoutBounds().getHeight()))
                .isLessThan(22);
    }

    @Test
    void aPlanIsShownAsMarkdownWhereverTheServerFoundIt() {
        turnTo("plan");
        ObjectNode more = Json.object();
        more.putObject("oriel_plan")
                .put("text", "# The plan\n\n1. Take it **apart**\n2. Put it together")
                .put("file", "/home/u/.claude/plans/a.md");
        ask("1", "ExitPlanMode", Json.object(), more);
        window.until(() -> window.node("ask-plan") != null && asks().endSeen().get());
        String shown =
                TestWindow.on(() ->
                        ((org.fxmisc.richtext.GenericStyledArea<?, ?, ?>) window.node("ask-plan"))
                                .getText());
        assertThat(shown).contains("The plan", "Take it apart").doesNotContain("**", "# ");
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("allow");
        sent.clear();
    }

    @Test
    void aLongPlanIsShownFromItsStartAndCanBeApprovedOnlyOnceItsEndWasVisible() {
        turnTo("long plan");
        ObjectNode more = Json.object();
        more.putObject("oriel_plan")
                .put("text", "# The plan\n\n" + "Another step.\n\n".repeat(80) + "rm -rf build")
                .put("file", "/home/u/.claude/plans/a.md");
        ask("1", "ExitPlanMode", Json.object(), more);
        window.until(() -> window.shown("ask-rest"));
        assertThat(text("ask-rest")).isEqualTo("The plan continues below");
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> asks().endSeen().get());
        assertThat(sent).isEmpty();
        window.until(() -> asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("allow");
        sent.clear();
    }

    @Test
    void withoutAPlanThereIsNothingToApprove() {
        turnTo("none");
        ObjectNode modes = Json.object();
        for (String mode : List.of("acceptEdits", "default")) {
            modes.withArray("permission_suggestions")
                    .addObject()
                    .put("type", "setMode")
                    .put("mode", mode)
                    .put("destination", "session");
        }
        ask("1", "ExitPlanMode", Json.object(), modes);
        for (String button : List.of("ask-allow", "ask-modes", "ask-scopes")) {
            assertThat(TestWindow.on(() -> window.node(button))).as(button).isNull();
        }
        window.chord(KeyCode.ALT, KeyCode.Y);
        assertThat(TestWindow.on(() -> sent.size())).isZero();
        window.chord(KeyCode.ALT, KeyCode.N);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("deny");
        sent.clear();
    }

    @Test
    void noRuleIsOfferedThatAllowsMoreThanItsTextSays() {
        turnTo("rule");
        ask("1", "Bash", command(1));
        assertThat(TestWindow.on(() -> window.node("ask-always"))).isNull();
        TestWindow.run(() -> asks().deny());
        sent.clear();
        ask("2", "mcp__git__push", Json.object().put("to", "origin"));
        assertThat(TestWindow.on(() -> window.button("ask-always").getText()))
                .isEqualTo("Allow every use of mcp__git__push, in this session");
    }

    @Test
    void aPathInsideTheFolderIsNotCalledOutside() {
        turnTo("path");
        ObjectNode inside =
                Json.object().put("blocked_path", "/project/x").put("oriel_outside", false);
        ask("1", "Write", Json.object().put("file_path", "/project/x").put("content", "y"), inside);
        assertThat(TestWindow.on(() -> window.stage().getScene().lookup(".ask-outside"))).isNull();
        TestWindow.run(() -> asks().deny());
        sent.clear();
        ObjectNode outside = Json.object().put("blocked_path", "/etc/x").put("oriel_outside", true);
        ask("2", "Write", Json.object().put("file_path", "/etc/x").put("content", "y"), outside);
        assertThat(
                        TestWindow.on(() ->
                                ((Label) window.stage().getScene().lookup(".ask-outside"))
                                        .getText()))
                .isEqualTo("Outside this session's folder: /etc/x");
    }

    @Test
    void aHalfFilledFormIsStillThereWhenTheSessionIsOpenedAgain() {
        ObjectNode input = Json.object();
        ObjectNode question = input.putArray("questions").addObject();
        question.put("question", "Which?").put("multiSelect", true);
        question.putArray("options").addObject().put("label", "A");
        turnTo("form");
        ask("q", "AskUserQuestion", input);
        TestWindow.run(() -> {
            ((CheckBox) window.stage().getScene().lookup(".ask .check-box")).setSelected(true);
            ((TextField) window.stage().getScene().lookup(".ask .text-field")).setText("and B");
        });
        turnTo("other");
        ask("q", "AskUserQuestion", input);
        assertThat(field()).isEmpty();
        turnTo("form");
        ask("q", "AskUserQuestion", input);
        assertThat(field()).isEqualTo("and B");
        TestWindow.run(() -> window.button("ask-allow").fire());
        assertThat(
                        sent.getLast()
                                .tree()
                                .at("/response/response/updatedInput/answers/Which?")
                                .asText())
                .isEqualTo("A, and B");
        sent.clear();
    }

    private String field() {
        return TestWindow.on(
                () -> ((TextField) window.stage().getScene().lookup(".ask .text-field")).getText());
    }

    @Test
    void pendingAsksAreCounted() {
        turnTo("several");
        ask("1", "Bash", command(1));
        ask("2", "Bash", command(1));
        ask("3", "Bash", command(1));
        assertThat(counted()).isEqualTo("1 of 3 waiting");
        TestWindow.run(() -> asks().show(asks().pending().get(1)));
        assertThat(counted()).isEqualTo("2 of 3 waiting");
        TestWindow.run(() -> asks().show(asks().pending().get(2)));
        assertThat(counted()).isEqualTo("3 of 3 waiting");
    }

    private String counted() {
        return TestWindow.on(() ->
                window.stage().getScene().getRoot().lookupAll(".ask .label").stream()
                        .map(n -> ((Label) n).getText())
                        .filter(t -> t.endsWith("waiting"))
                        .findFirst()
                        .orElse(""));
    }
}
