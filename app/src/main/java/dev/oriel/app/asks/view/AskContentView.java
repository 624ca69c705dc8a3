package dev.oriel.app.asks.view;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskDetail;
import dev.oriel.app.asks.request.DetailRows;
import dev.oriel.app.asks.request.EditProposal;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.transcript.MarkdownPane;
import dev.oriel.app.transcript.diff.DiffContent;
import dev.oriel.app.transcript.diff.DiffPane;
import dev.oriel.app.transcript.diff.DiffPanes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The content of an ask: lines or a plan, at most half as high as the window, or higher if the
/// user wants that. The foot says how much is out of sight. The model is notified once the end was
/// in sight.
final class AskContentView extends VBox {
    private static final Logger LOG = LoggerFactory.getLogger(AskContentView.class);
    private static final double USUAL = 0.5;
    private static final double LARGE = 0.72;

    /// The assumed height of the scene while there is none, pixels.
    private static final double DEFAULT_HEIGHT = 700;

    private final AsksViewModel model;
    private final Label rest = Controls.label("");
    private final Hyperlink sizeToggle = Controls.hyperlink("Show more");
    private final HBox foot = new HBox(8, rest, sizeToggle);
    private final Runnable afterLayout = this::updateSafely;
    private final Content content;
    private double share = USUAL;
    private boolean scrolled;
    private boolean broken;

    /// @param picked receives the part of the plan that the user clicks or selects
    void setOnPicked(Consumer<String> picked) {
        if (content instanceof Plan(MarkdownPane pane)) {
            pane.addEventHandler(
                    MouseEvent.MOUSE_RELEASED,
                    e -> {
                        if (e.getButton() == MouseButton.PRIMARY) {
                            picked.accept(pane.pickedText());
                        }
                    });
        }
    }

    private sealed interface Content {
        Region node();

        void toEnd();
    }

    private record Lines(DetailRows rows, DetailRowsView node) implements Content {
        @Override
        public void toEnd() {
            node.toEnd();
        }
    }

    private record Plan(MarkdownPane node) implements Content {
        @Override
        public void toEnd() {
            node.toEnd();
        }
    }

    /// A change of a file.
    private record Change(DiffPane node) implements Content {
        @Override
        public void toEnd() {
            node.toEnd();
        }
    }

    AskContentView(AsksViewModel model, Ask ask, DiffPanes diffs) {
        super(4);
        this.model = model;
        content = content(ask, diffs);
        rest.getStyleClass().add("ask-rest");
        rest.setId("ask-rest");
        sizeToggle.setOnAction(_ -> toggleSize());
        Controls.wrapping(rest);
        sizeToggle.setMinWidth(USE_PREF_SIZE);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.setVisible(false);
        foot.setManaged(false);
        getChildren().addAll(content.node(), foot);
        model.requireEndSeen(this::toEnd);
        sceneProperty()
                .addListener((_, before, now) -> {
                    watch(before, false);
                    watch(now, true);
                });
    }

    private Content content(Ask ask, DiffPanes diffs) {
        if (ask.kind() instanceof Ask.Kind.Plan(String text, _)) {
            return plan(text, diffs.highlighter());
        }
        EditProposal edit = EditProposal.of(ask);
        return edit == null
                ? lines(DetailRows.of(AskDetail.of(ask).lines()))
                : new Change(change(edit, diffs));
    }

    private DiffPane change(EditProposal edit, DiffPanes diffs) {
        List<String> headings = new ArrayList<>();
        headings.addAll(EscapedText.of(edit.path()).lines().toList());
        edit.others().forEach(o -> headings.addAll(EscapedText.of(o).lines().toList()));
        DiffPane pane =
                diffs.create(
                        new DiffContent(
                                headings,
                                EditDiffs.language(edit.tool(), edit.fields()),
                                edit.size(),
                                edit::diffs),
                        "ask-diff",
                        "What would be changed",
                        this::most);
        pane.getStyleClass().add("ask-detail");
        return pane;
    }

    private Content lines(DetailRows rows) {
        return new Lines(rows, new DetailRowsView(rows, this::most));
    }

    private Content plan(String text, CodeHighlighter highlighter) {
        MarkdownPane pane =
                new MarkdownPane(text, "ask-plan", this::most, highlighter).named("Plan");
        pane.getStyleClass().add("ask-detail");
        return new Plan(pane);
    }

    private void watch(@Nullable Scene scene, boolean on) {
        if (scene == null) {
            return;
        }
        if (on) {
            scene.addPostLayoutPulseListener(afterLayout);
        } else {
            scene.removePostLayoutPulseListener(afterLayout);
        }
    }

    private double most() {
        return share * (getScene() == null ? DEFAULT_HEIGHT : getScene().getHeight());
    }

    private void toggleSize() {
        share = share == USUAL ? LARGE : USUAL;
        Controls.setText(sizeToggle, share == USUAL ? "Show more" : "Show less");
        content.node().requestLayout();
    }

    private void toEnd() {
        scrolled = true;
        if (broken) {
            model.markEndSeen(true);
        }
        content.toEnd();
    }

    /// Runs in the scene's pulse, which must not end with an exception. After one it is not known
    /// what is in sight, and the user has to confirm that they looked.
    private void updateSafely() {
        try {
            update();
        } catch (RuntimeException e) {
            broken = true;
            watch(getScene(), false);
            LOG.error("Could not determine which part of an ask is visible", e);
        }
    }

    /// Updates what is out of sight, after every layout.
    private void update() {
        if (getHeight() <= 0) {
            return;
        }
        switch (content) {
            case Lines(var rows, var view) -> {
                int first = view.first();
                int last = view.last();
                if (first >= 0) {
                    boolean end = last >= rows.rows().size() - 1;
                    showFoot(end, first > 0 || !end, rows.describeHidden(first, last));
                }
            }
            case Change(var pane) -> {
                boolean end = pane.atEnd();
                int above = pane.linesAbove();
                showFoot(
                        end,
                        above > 0 || !end,
                        DetailRows.describe(pane.lines(), above, pane.linesBelow()));
            }
            case Plan(var pane) -> {
                boolean end = pane.atEnd();
                showFoot(
                        end,
                        !end || foot.isVisible(),
                        end ? "The end of the plan" : "The plan continues below");
            }
        }
    }

    private void showFoot(boolean end, boolean partlyHidden, String text) {
        boolean shown = partlyHidden || share != USUAL;
        scrolled |= shown;
        if (!rest.getText().equals(text)) {
            Controls.setText(rest, text);
        }
        if (foot.isVisible() != shown) {
            foot.setVisible(shown);
            foot.setManaged(shown);
        }
        if (end) {
            model.markEndSeen(scrolled);
        }
    }
}
