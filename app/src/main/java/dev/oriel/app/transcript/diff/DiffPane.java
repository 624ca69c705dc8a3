package dev.oriel.app.transcript.diff;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.fx.FrameCoalescer;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane.ScrollBarPolicy;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Shows diffs in full, unified or side by side. Large ones are compared and rendered in the
/// background, and added to the text over several frames. Belongs to the JavaFX thread.
public final class DiffPane extends StackPane {
    /// Columns while the width is unknown.
    private static final int USUAL_COLUMNS = 84;

    /// Padding of a line and room for the scroll bar, pixels.
    private static final double BESIDE = 36;

    /// Paragraphs above a change that is jumped to.
    private static final int ABOVE = 3;

    private final PaneRendering rendering;
    private final PaneDocument document;
    private final @Nullable DoubleSupplier most;
    private final TranscriptArea area = new TranscriptArea(what -> Controls.label(what.text()));
    private final VirtualizedScrollPane<TranscriptArea> scroll = new VirtualizedScrollPane<>(area);
    private final FrameCoalescer frames = new FrameCoalescer(this::frame);
    private final Label sample = Controls.label();
    private final Set<String> opened = new HashSet<>();
    private final ReadOnlyBooleanWrapper split = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper change = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private DiffLayout layout;
    private int columns = USUAL_COLUMNS;
    private boolean outdated;

    DiffPane(
            DiffPanes panes,
            DiffContent content,
            String id,
            String name,
            @Nullable DoubleSupplier most) {
        this.most = most;
        rendering = new PaneRendering(panes, content, this::show);
        document = new PaneDocument(area);
        layout = panes.layout().getValue();
        area.setId(id);
        area.setPadding(new Insets(6, 0, 6, 0));
        area.totalHeightEstimateProperty().addListener((_, _, _) -> requestLayout());
        sample.getStyleClass().add("code-sample");
        sample.setManaged(false);
        sample.setVisible(false);
        sample.fontProperty().addListener((_, _, _) -> updateColumns());
        widthProperty().addListener((_, _, _) -> updateColumns());
        getStyleClass().add("diff-pane");
        getChildren().addAll(scroll, new HiddenLabel(name, area), sample);
        PaneInput.install(area, this::toggleAt);
        whileInScene(() -> panes.highlighter().subscribe(this::updateColors));
        if (!rendering.isLarge()) {
            render();
        }
    }

    /// @param subscribe returns what ends the subscription
    private void whileInScene(Supplier<Runnable> subscribe) {
        Runnable[] end = {() -> {}};
        sceneProperty()
                .subscribe(scene -> {
                    end[0].run();
                    end[0] = scene == null ? () -> {} : subscribe.get();
                });
    }

    private void updateColors() {
        if (rendering.colorsHaveArrived()) {
            outdated = true;
            frames.request();
        }
    }

    /// @return whether there is a fold
    private boolean toggleAt(int paragraph) {
        if (area.getParagraph(paragraph).getParagraphStyle().action()
                instanceof ClickAction.TogglePart(_, String part)) {
            if (!opened.remove(part)) {
                opened.add(part);
            }
            render();
            return true;
        }
        return false;
    }

    /// Arranges the sides in another way.
    void setLayout(DiffLayout other) {
        layout = other;
        if (rendering.isStarted()) {
            render();
        }
    }

    /// Whether both sides are shown beside each other if a file has both.
    ReadOnlyBooleanProperty split() {
        return split.getReadOnlyProperty();
    }

    private void updateColumns() {
        double room = getWidth() - getInsets().getLeft() - getInsets().getRight() - BESIDE;
        int fitting = Math.max(24, (int) (room / TranscriptArea.codeWidth(sample.getFont())));
        // What is large is not rendered before its width is known.
        if (getWidth() > 0 && (fitting != columns || !rendering.isStarted())) {
            columns = fitting;
            outdated = true;
            frames.request();
        }
    }

    private void render() {
        outdated = false;
        DiffView view =
                rendering.start(colors ->
                        new DiffView(
                                ParagraphStyle.of("diff-row").withPadding(1, 8, 1, 10),
                                columns,
                                layout,
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE,
                                opened::contains,
                                part -> new ClickAction.TogglePart("", part),
                                rendering.language(),
                                colors));
        split.set(view.isSplit());
    }

    private void show(PaneText next) {
        summary.set(
                "+%,d −%,d"
                        .formatted(
                                next.diffs().stream().mapToInt(d -> d.diff().added()).sum(),
                                next.diffs().stream().mapToInt(d -> d.diff().removed()).sum()));
        document.show(next);
        requestFrame();
    }

    private void frame() {
        if (outdated) {
            render();
        } else {
            document.add(1);
            requestFrame();
        }
    }

    private void requestFrame() {
        if (document.isPending()) {
            frames.request();
        }
    }

    /// Whether the whole text is in the document.
    boolean isWhole() {
        return document.isWhole();
    }

    private PaneText shown() {
        return document.text();
    }

    /// Moves to the next change, or to the previous one.
    ///
    /// @return whether there is one
    boolean toChange(boolean forward) {
        int paragraph = shown().nextChange(area.getCurrentParagraph(), forward);
        if (paragraph < 0) {
            return false;
        }
        document.addAll();
        area.moveTo(paragraph, 0);
        area.showParagraphAtTop(Math.max(0, paragraph - ABOVE));
        change.set(shown().changes().indexOf(paragraph) + 1);
        return true;
    }

    /// The change that was moved to last, from 1; 0 if none was.
    ReadOnlyIntegerProperty change() {
        return change.getReadOnlyProperty();
    }

    /// How many lines are added and removed; empty while it is not known.
    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Number of changes; 0 while it is not known.
    int changes() {
        return shown().changes().size();
    }

    /// Moves the keyboard focus into the text.
    void focusText() {
        area.requestFocus();
    }

    /// Whether the end of the text is in sight.
    public boolean atEnd() {
        return isWhole() && area.getHeight() > 0 && isWhollyVisible(shown().paragraphs() - 1);
    }

    private boolean isWhollyVisible(int paragraph) {
        return area.flow()
                .getCellIfVisible(paragraph)
                .map(c -> c.getNode().getBoundsInParent().getMaxY() <= area.getHeight() + 2)
                .orElse(false);
    }

    /// Scrolls to the end of the text.
    public void toEnd() {
        document.addAll();
        area.showParagraphAtBottom(Math.max(0, shown().paragraphs() - 1));
    }

    /// Number of lines.
    public int lines() {
        return shown().lineCount();
    }

    /// Number of lines above the visible ones.
    public int linesAbove() {
        return Math.max(0, shown().linesUntil(area.firstVisible()) - 1);
    }

    /// Number of lines below the visible ones; at least 1 unless the end is in sight.
    public int linesBelow() {
        if (atEnd()) {
            return 0;
        }
        int last = area.lastVisible();
        int whole = isWhollyVisible(last) ? last : last - 1;
        return Math.max(1, shown().lineCount() - (whole < 0 ? 0 : shown().linesUntil(whole)));
    }

    /// The text, with numbers and signs.
    public String text() {
        return area.getText();
    }

    @Override
    protected double computePrefHeight(double width) {
        return most == null
                ? super.computePrefHeight(width)
                : Math.min(most.getAsDouble(), wholeHeight());
    }

    /// The height of the whole text, pixels; infinite while it is not known.
    private double wholeHeight() {
        Double height = area.totalHeightEstimateProperty().getValue();
        // The height includes an empty paragraph at the end, which takes the place of the padding.
        return height == null
                ? Double.POSITIVE_INFINITY
                : Math.ceil(height) + getInsets().getTop() + getInsets().getBottom();
    }

    /// Without a scroll bar if only that empty paragraph is out of sight.
    @Override
    protected void layoutChildren() {
        boolean fits = most != null && isWhole() && getHeight() >= wholeHeight();
        scroll.setVbarPolicy(fits ? ScrollBarPolicy.NEVER : ScrollBarPolicy.AS_NEEDED);
        super.layoutChildren();
    }

    @Override
    protected double computeMinHeight(double width) {
        return most == null ? 0 : Math.min(60, computePrefHeight(width));
    }
}
