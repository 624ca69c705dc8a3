package dev.oriel.app.controls;

import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// A sentence in which the text between backticks is code.
public final class InlineCode {
    private static final char TICK = '`';

    private InlineCode() {}

    /// Shows the code in the style class `words-code`, the rest in `words-plain`.
    public static TextFlow render(String sentence) {
        TextFlow flow = new TextFlow();
        boolean code = false;
        for (String part : sentence.split(String.valueOf(TICK), -1)) {
            if (!part.isEmpty()) {
                Text text = Controls.textNode(part);
                text.getStyleClass().add(code ? "words-code" : "words-plain");
                flow.getChildren().add(text);
            }
            code = !code;
        }
        flow.setAccessibleText(sentence.replace(String.valueOf(TICK), ""));
        return flow;
    }

    /// The first code in a sentence; empty if there is none.
    public static String firstCode(String sentence) {
        int from = sentence.indexOf(TICK) + 1;
        int to = sentence.indexOf(TICK, from);
        return from > 0 && to > from ? sentence.substring(from, to) : "";
    }
}
