package dev.oriel.app.asks.view;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.transcript.MarkdownPane;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What one of the options would look like. A preview with a code block is Markdown; any other one
/// is most often a drawing made of characters, which needs its blanks and one width for all
/// letters.
final class OptionPreview extends VBox {
    /// The greatest height of a preview, pixels.
    private static final double MOST = 260;

    /// The width of both sides of the frame of a drawing, and the height of its scroll bar, pixels.
    private static final double FRAME = 2;

    private static final double BAR = 12;

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
            MarkdownPane pane =
                    new MarkdownPane(text, "ask-preview-text", () -> MOST, highlighter)
                            .named("Preview");
            pane.getStyleClass().add("ask-detail");
            return pane;
        }
        if (text.isBlank()) {
            Label none = Controls.wrapping(Controls.label("No preview"));
            none.getStyleClass().addAll("quiet", "ask-preview");
            none.setMaxWidth(Double.MAX_VALUE);
            return none;
        }
        Label drawing = Controls.label(EscapedText.of(text.stripTrailing()));
        drawing.getStyleClass().addAll("code", "ask-preview");
        drawing.setMinSize(USE_PREF_SIZE, USE_PREF_SIZE);
        ScrollPane scroll = new DrawingScroll(drawing);
        scroll.setAccessibleText("Preview");
        return scroll;
    }

    /// Scrolls a drawing sideways, and from a height on also down, because its lines are not
    /// wrapped.
    private static final class DrawingScroll extends ScrollPane {
        private final Label drawing;

        DrawingScroll(Label drawing) {
            super(drawing);
            this.drawing = drawing;
            setFitToWidth(true);
            getStyleClass().add("ask-drawing");
            setMinWidth(0);
            setVbarPolicy(ScrollBarPolicy.AS_NEEDED);
        }

        @Override
        protected double computePrefHeight(double width) {
            double across = width < 0 ? getWidth() : width;
            double bar = drawing.prefWidth(-1) > across - FRAME ? BAR : 0;
            return Math.min(MOST, Math.ceil(drawing.prefHeight(-1)) + FRAME + bar);
        }

        @Override
        protected double computeMinHeight(double width) {
            return Math.min(AskScrollPane.LEAST, computePrefHeight(width));
        }

        @Override
        public Orientation getContentBias() {
            return Orientation.HORIZONTAL;
        }
    }
}
