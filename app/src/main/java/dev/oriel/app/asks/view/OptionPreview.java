package dev.oriel.app.asks.view;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.transcript.MarkdownPane;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What one of the options would look like. A preview with a code block is Markdown; any other one
/// is most often a drawing made of characters, which needs its blanks and one width for all
/// letters.
final class OptionPreview extends VBox {
    /// The greatest height of a Markdown preview, pixels.
    private static final double MOST = 260;

    private final CodeHighlighter highlighter;
    private final Label title = Controls.label();
    private final StackPane content = new StackPane();
    private final Map<String, Region> rendered = new HashMap<>();

    OptionPreview(CodeHighlighter highlighter) {
        super(4);
        this.highlighter = highlighter;
        title.getStyleClass().add("quiet");
        getStyleClass().add("ask-beside");
        setMinWidth(0);
        getChildren().addAll(title, content);
    }

    /// @param label of the option
    /// @param text its preview; may be empty
    void show(String label, String text) {
        Controls.setLine(title, EscapedText.of(label));
        content.getChildren().setAll(rendered.computeIfAbsent(text, this::render));
        content.setAccessibleText("Preview of " + label);
    }

    private Region render(String text) {
        if (text.contains("```")) {
            MarkdownPane pane = new MarkdownPane(text, "ask-preview-text", () -> MOST, highlighter);
            pane.getStyleClass().add("ask-detail");
            return pane;
        }
        Label drawing =
                Controls.wrapping(
                        Controls.label(text.isBlank() ? "No preview" : EscapedText.of(text)));
        drawing.getStyleClass().addAll(text.isBlank() ? "quiet" : "code", "ask-preview");
        drawing.setMaxWidth(Double.MAX_VALUE);
        return drawing;
    }
}
