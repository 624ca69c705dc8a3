package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.window.AsksWindow;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Asks in the real window: which part is visible, and what an answer means.
class AsksJourneyTest extends AsksWindow {
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

    @Test
    void aLongCommandCanBeAllowedOnlyOnceItsEndWasVisible() {
        turnTo("long");
        receiveAsk("1", "Bash", command(119));
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
    }

    @Test
    void theEndOfAVeryLongLineMustBeSeenToo() {
        turnTo("line");
        receiveAsk(
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
        receiveAsk("1", "Bash", command(5));
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
        receiveAsk("1", "ExitPlanMode", Json.object(), more);
        window.until(() -> window.node("ask-plan") != null && asks().endSeen().get());
        String shown =
                TestWindow.on(() ->
                        ((org.fxmisc.richtext.GenericStyledArea<?, ?, ?>) window.node("ask-plan"))
                                .getText());
        assertThat(shown).contains("The plan", "Take it apart").doesNotContain("**", "# ");
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("allow");
    }

    @Test
    void aLongPlanIsShownFromItsStartAndCanBeApprovedOnlyOnceItsEndWasVisible() {
        turnTo("long plan");
        ObjectNode more = Json.object();
        more.putObject("oriel_plan")
                .put("text", "# The plan\n\n" + "Another step.\n\n".repeat(80) + "rm -rf build")
                .put("file", "/home/u/.claude/plans/a.md");
        receiveAsk("1", "ExitPlanMode", Json.object(), more);
        window.until(() -> window.shown("ask-rest"));
        assertThat(text("ask-rest")).isEqualTo("The plan continues below");
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> asks().endSeen().get());
        assertThat(sent).isEmpty();
        window.until(() -> asks().armed().get());
        window.chord(KeyCode.ALT, KeyCode.Y);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("allow");
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
        receiveAsk("1", "ExitPlanMode", Json.object(), modes);
        for (String button : List.of("ask-allow", "ask-modes", "ask-scopes")) {
            assertThat(TestWindow.on(() -> window.node(button))).as(button).isNull();
        }
        window.chord(KeyCode.ALT, KeyCode.Y);
        assertThat(TestWindow.on(() -> sent.size())).isZero();
        window.chord(KeyCode.ALT, KeyCode.N);
        window.until(() -> !sent.isEmpty());
        assertThat(behavior()).isEqualTo("deny");
    }

    @Test
    void noRuleIsOfferedThatAllowsMoreThanItsTextSays() {
        turnTo("rule");
        receiveAsk("1", "Bash", command(1));
        assertThat(TestWindow.on(() -> window.node("ask-always"))).isNull();
        TestWindow.run(() -> asks().deny());
        sent.clear();
        receiveAsk("2", "mcp__git__push", Json.object().put("to", "origin"));
        assertThat(TestWindow.on(() -> window.button("ask-always").getText()))
                .isEqualTo("Allow every use of mcp__git__push, in this session");
    }

    @Test
    void aPathInsideTheFolderIsNotCalledOutside() {
        turnTo("path");
        ObjectNode inside =
                Json.object().put("blocked_path", "/project/x").put("oriel_outside", false);
        receiveAsk(
                "1",
                "Write",
                Json.object().put("file_path", "/project/x").put("content", "y"),
                inside);
        assertThat(TestWindow.on(() -> window.stage().getScene().lookup(".ask-outside"))).isNull();
        TestWindow.run(() -> asks().deny());
        sent.clear();
        ObjectNode outside = Json.object().put("blocked_path", "/etc/x").put("oriel_outside", true);
        receiveAsk(
                "2",
                "Write",
                Json.object().put("file_path", "/etc/x").put("content", "y"),
                outside);
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
        receiveAsk("q", "AskUserQuestion", input);
        TestWindow.run(() -> {
            ((CheckBox) window.stage().getScene().lookup(".ask .check-box")).setSelected(true);
            ((TextField) window.stage().getScene().lookup(".ask .text-field")).setText("and B");
        });
        turnTo("other");
        receiveAsk("q", "AskUserQuestion", input);
        assertThat(field()).isEmpty();
        turnTo("form");
        receiveAsk("q", "AskUserQuestion", input);
        assertThat(field()).isEqualTo("and B");
        TestWindow.run(() -> window.button("ask-allow").fire());
        assertThat(
                        sent.getLast()
                                .tree()
                                .at("/response/response/updatedInput/answers/Which?")
                                .asText())
                .isEqualTo("A, and B");
    }

    private String field() {
        return TestWindow.on(
                () -> ((TextField) window.stage().getScene().lookup(".ask .text-field")).getText());
    }

    @Test
    void pendingAsksAreCounted() {
        turnTo("several");
        receiveAsk("1", "Bash", command(1));
        receiveAsk("2", "Bash", command(1));
        receiveAsk("3", "Bash", command(1));
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
