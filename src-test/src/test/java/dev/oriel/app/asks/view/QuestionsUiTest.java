package dev.oriel.app.asks.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.TestWindow;
import dev.oriel.message.Json;
import dev.oriel.testing.window.AsksWindow;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// Claude's questions in the real window: keys, previews, answers of one's own.
class QuestionsUiTest extends AsksWindow {
    private static final String GRID = "+---+---+\n| a | b |\n+---+---+";

    private void ask(String session) {
        ObjectNode input = Json.object();
        ObjectNode layout = input.withArray("questions").addObject();
        layout.put("question", "Which layout?").put("header", "Layout");
        layout.withArray("options").addObject().put("label", "Columns").put("preview", GRID);
        layout.withArray("options").addObject().put("label", "Rows").put("preview", "```\nx\n```");
        ObjectNode colours = input.withArray("questions").addObject();
        colours.put("question", "Which colours?").put("multiSelect", true);
        for (String label : List.of("Blue", "Amber", "Stone")) {
            colours.withArray("options").addObject().put("label", label);
        }
        turnTo(session);
        receiveAsk("1", "AskUserQuestion", input);
    }

    private void focus(String id) {
        TestWindow.run(() -> window.node(id).requestFocus());
    }

    private JsonNode answers() {
        window.until(() -> !sent.isEmpty());
        return sent.getLast().tree().at("/response/response/updatedInput/answers");
    }

    @Test
    void digitsChooseOptionsWhereTheFocusIs() {
        ask("digits");
        focus("ask-option-0-0");
        window.type(KeyCode.DIGIT2);
        window.until(() -> ((RadioButton) window.node("ask-option-0-1")).isSelected());
        assertThat(TestWindow.on(() -> ((Labeled) window.node("ask-missing")).getText()))
                .isEqualTo("1 of 2 answered");
        focus("ask-option-1-0");
        window.type(KeyCode.DIGIT1);
        window.type(KeyCode.DIGIT3);
        window.type(KeyCode.DIGIT9);
        window.press("ask-allow");
        assertThat(answers().path("Which layout?").asText()).isEqualTo("Rows");
        assertThat(answers().path("Which colours?").asText()).isEqualTo("Blue, Stone");
    }

    @Test
    void digitsInATextFieldAreText() {
        ask("text");
        focus("ask-own-0");
        window.type(KeyCode.DIGIT2);
        assertThat(TestWindow.on(() -> ((RadioButton) window.node("ask-option-0-1")).isSelected()))
                .isFalse();
        assertThat(TestWindow.on(() -> window.button("ask-allow").isDisabled())).isTrue();
    }

    @Test
    void anAnswerOfOnesOwnReplacesASingleChoiceAndJoinsSeveral() {
        ask("own");
        focus("ask-option-0-0");
        window.type(KeyCode.DIGIT1);
        focus("ask-option-1-0");
        window.type(KeyCode.DIGIT2);
        TestWindow.run(() -> {
            ((TextInputControl) window.node("ask-own-0")).setText("A spiral");
            ((TextInputControl) window.node("ask-own-1")).setText("Gold");
        });
        window.press("ask-allow");
        assertThat(answers().path("Which layout?").asText()).isEqualTo("A spiral");
        assertThat(answers().path("Which colours?").asText()).isEqualTo("Amber, Gold");
    }

    @Test
    void thePreviewIsBesideTheOptionsAndFollowsTheFocus() {
        ask("preview");
        window.until(() -> window.labels().contains(GRID));
        double options = x("#ask-option-0-0");
        double preview = x(".ask-beside");
        assertThat(preview).isGreaterThan(options + 100);
        focus("ask-option-0-1");
        window.until(() -> window.node("ask-preview-text") != null);
        assertThat(window.labels()).doesNotContain(GRID);
    }

    private double x(String selector) {
        return TestWindow.on(() -> {
            Node node = window.stage().getScene().lookup(selector);
            return node.localToScene(0, 0).getX();
        });
    }
}
