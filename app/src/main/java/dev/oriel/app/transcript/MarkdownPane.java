package dev.oriel.app.transcript;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.markdown.Folds;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.app.transcript.options.TextFit;
import java.util.List;
import java.util.function.DoubleSupplier;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// One Markdown text, rendered as an answer in the conversation is. It is as high as the text, up
/// to a limit. Belongs to the JavaFX thread.
public final class MarkdownPane extends StackPane {
    /// Characters of code in a line before the width is known, roughly what fits where a plan is
    /// shown.
    private static final int COLUMNS = 84;

    /// Widths are rounded down to multiples of this, pixels.
    private static final int STEP = 24;

    private static final double SCROLL_BAR = 16;

    private final TranscriptArea area = new TranscriptArea(what -> Controls.label(what.text()));
    private final DocumentUpdater document = new DocumentUpdater(area.getContent());
    private final FontSamples fonts = new FontSamples(this::fit);
    private final String markdown;
    private final DoubleSupplier most;
    private final CodeHighlighter highlighter;
    private @Nullable TextFit fit;

    /// Whether all colours of the code are known.
    private boolean colored;

    /// Ends the notifications of the highlighter; does nothing while there are none.
    private Runnable ignoreColors = () -> {};

    /// @param id node id of the text
    /// @param most the greatest height, pixels
    /// @param highlighter colours code
    public MarkdownPane(
            String markdown, String id, DoubleSupplier most, CodeHighlighter highlighter) {
        this.most = most;
        this.highlighter = highlighter;
        area.setId(id);
        this.markdown = markdown;
        render(TextFit.of(COLUMNS));
        area.totalHeightEstimateProperty().addListener((_, _, _) -> requestLayout());
        getStyleClass().add("markdown-area");
        getChildren().add(new VirtualizedScrollPane<>(area));
        getChildren().addAll(fonts.nodes());
        widthProperty().addListener((_, _, _) -> fit());
        sceneProperty().subscribe(scene -> awaitColors(scene != null));
    }

    /// Sets the name of the text for screen readers.
    public MarkdownPane named(String name) {
        getChildren().add(new HiddenLabel(name, area));
        return this;
    }

    private void awaitColors(boolean shown) {
        ignoreColors.run();
        ignoreColors = shown ? highlighter.subscribe(this::updateColors) : () -> {};
        updateColors();
    }

    private void updateColors() {
        TextFit known = fit;
        if (!colored && known != null) {
            show(known);
        }
    }

    private void fit() {
        double width = getWidth() - getInsets().getLeft() - getInsets().getRight() - SCROLL_BAR;
        if (width > 0) {
            // In steps, so that a resize does not render everything again at every pixel.
            int columns = Math.max(24, (int) ((width - 24) / fonts.codeWidth()) / 4 * 4);
            render(
                    new TextFit(
                            columns, Math.max(STEP, (int) width / STEP * STEP), fonts.measure()));
        }
    }

    private void render(TextFit next) {
        if (!next.equals(fit)) {
            show(next);
        }
    }

    private void show(TextFit next) {
        RenderSettings settings = new RenderSettings(next, ReadingSettings.DEFAULTS);
        List<MarkdownRenderer.RenderedBlock> pieces =
                new MarkdownRenderer(
                                settings.markdown("text").withFolds(Folds.ALL_OPEN), highlighter)
                        .render(markdown, true);
        List<ParagraphBlock> blocks =
                pieces.stream().map(MarkdownRenderer.RenderedBlock::block).toList();
        colored = pieces.stream().allMatch(MarkdownRenderer.RenderedBlock::colored);
        int top = fit == null ? 0 : area.firstVisible();
        fit = next;
        if (document.update(blocks, top) == DocumentUpdater.Change.NONE) {
            return;
        }
        // The change moved the caret to the end, and the view would follow it there.
        area.moveTo(0);
        area.showParagraphAtTop(Math.min(top, area.getParagraphs().size() - 1));
        area.textChanged(true);
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

    /// The selected text; without a selection, the paragraph that was clicked last. May be empty.
    public String pickedText() {
        String selected = area.getSelectedText();
        return selected.isBlank() ? area.getText(area.getCurrentParagraph()) : selected;
    }

    /// The text without its markup.
    public String text() {
        return area.getText();
    }
}
