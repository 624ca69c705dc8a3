package dev.oriel.app.transcript;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import java.util.List;
import java.util.function.DoubleSupplier;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;

/// One Markdown text, rendered as an answer in the conversation is. It is as high as the text, up
/// to a limit. Belongs to the JavaFX thread.
public final class MarkdownPane extends StackPane {
    /// Characters of code in a line, roughly what fits where a plan is shown.
    private static final int COLUMNS = 84;

    private final TranscriptArea area = new TranscriptArea(what -> Controls.label(what.text()));
    private final DoubleSupplier most;

    /// @param id node id of the text
    /// @param most the greatest height, pixels
    public MarkdownPane(String markdown, String id, DoubleSupplier most) {
        this.most = most;
        area.setId(id);
        List<MarkdownRenderer.RenderedBlock> pieces =
                new MarkdownRenderer(COLUMNS).render(markdown, true);
        pieces.forEach(p -> area.append(p.block().document()));
        // Appending moved the caret to the end, and the view would follow it there.
        area.moveTo(0);
        area.showParagraphAtTop(0);
        area.textChanged(true);
        area.totalHeightEstimateProperty().addListener((_, _, _) -> requestLayout());
        getStyleClass().add("markdown-area");
        getChildren().add(new VirtualizedScrollPane<>(area));
    }

    @Override
    protected double computePrefHeight(double width) {
        Double text = area.totalHeightEstimateProperty().getValue();
        double limit = most.getAsDouble();
        double around = getInsets().getTop() + getInsets().getBottom() + 2;
        return text == null ? limit : Math.min(limit, Math.ceil(text) + around);
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.min(60, computePrefHeight(width));
    }

    /// Whether the end of the text is in sight.
    public boolean atEnd() {
        int last = area.getParagraphs().size() - 1;
        return area.getHeight() > 0
                && area.flow()
                        .getCellIfVisible(last)
                        .map(c -> c.getNode().getBoundsInParent().getMaxY() <= area.getHeight() + 2)
                        .orElse(false);
    }

    /// Scrolls to the end of the text.
    public void toEnd() {
        area.showParagraphAtBottom(area.getParagraphs().size() - 1);
    }

    /// The text without its markup.
    public String text() {
        return area.getText();
    }
}
