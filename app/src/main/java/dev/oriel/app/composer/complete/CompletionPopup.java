package dev.oriel.app.composer.complete;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.fx.LayoutPulses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The list of a [PickerModel], over the content of the window and beside the word that is typed.
/// It never takes the focus: the keys go to the text area.
///
/// Its parent is as large as the window and does not lay it out.
public final class CompletionPopup extends VBox {
    /// A stylesheet of this package, on the class path.
    public static final String STYLESHEET = "/dev/oriel/app/composer/complete/complete.css";

    private static final int MAX_ROWS = 8;
    private static final int LEAST_ROWS = 3;
    private static final double MAX_WIDTH = 560;
    private static final double MARGIN = 8;

    /// The space between the word and the list, pixels.
    private static final double GAP = 4;

    /// The padding and border around a note, and some more, so that it is not wrapped.
    private static final double NOTE_MARGIN = 16;

    private final PickerModel model;
    private final IntFunction<@Nullable Bounds> positions;
    private final Runnable accept;
    private final VBox rows = new VBox();
    private final Label footer = Controls.label();
    private final List<CompletionRow> all = new ArrayList<>();

    /// Index of the first row that is visible.
    private int first;

    /// @param id of this node
    /// @param positions the bounds of the character at a position of the text, in the scene; null
    ///   if the text is not shown
    /// @param accept chooses the selected row
    public CompletionPopup(
            String id,
            PickerModel model,
            IntFunction<@Nullable Bounds> positions,
            Runnable accept) {
        this.model = model;
        this.positions = positions;
        this.accept = accept;
        setId(id);
        getStyleClass().add("completions");
        setManaged(false);
        setVisible(false);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Suggestions");
        footer.getStyleClass().add("completion-note");
        footer.setId(id + "-note");
        Controls.wrapping(footer);
        footer.setMaxWidth(Double.MAX_VALUE);
        rows.setFillWidth(true);
        getChildren().setAll(rows, footer);
        addEventHandler(ScrollEvent.SCROLL, this::onScroll);
        addEventHandler(MouseEvent.MOUSE_PRESSED, MouseEvent::consume);
        model.list().subscribe(this::show);
        parentProperty()
                .subscribe(parent -> {
                    if (parent instanceof Region region) {
                        region.layoutBoundsProperty().subscribe(_ -> showAfterLayout());
                    }
                });
    }

    /// Shows the list at the place that the word has in a window of another size.
    private void showAfterLayout() {
        Scene scene = getScene();
        if (scene != null && model.list().get().isShown()) {
            LayoutPulses.runAfter(scene, 1, () -> show(model.list().get()));
        }
    }

    private void onScroll(ScrollEvent e) {
        if (e.getDeltaY() != 0) {
            int last = model.list().get().rows().size() - 1;
            int to = model.list().get().selected() + (e.getDeltaY() > 0 ? -1 : 1);
            model.select(Math.clamp(to, 0, Math.max(0, last)));
        }
        e.consume();
    }

    private void show(CompletionList list) {
        Bounds anchor = list.isShown() ? positions.apply(list.anchor()) : null;
        if (anchor == null || !(getParent() instanceof Region parent)) {
            setVisible(false);
            first = 0;
            return;
        }
        Point2D at = parent.sceneToLocal(anchor.getMinX(), anchor.getMinY());
        double above = at.getY() - GAP - MARGIN;
        double below = parent.getHeight() - at.getY() - anchor.getHeight() - GAP - MARGIN;
        double room = Math.max(above, below);
        double width = Math.min(MAX_WIDTH, parent.getWidth() - 2 * MARGIN);
        showFooter(list);
        if (list.rows().isEmpty()) {
            applyCss();
            width = Math.min(width, Math.ceil(footer.prefWidth(-1)) + NOTE_MARGIN);
        }
        setVisible(true);
        fill(list, Math.min(MAX_ROWS, list.rows().size()));
        double height = snapSizeY(prefHeight(width));
        int shown = rows.getChildren().size();
        while (height > room && shown > LEAST_ROWS) {
            shown--;
            fill(list, shown);
            height = snapSizeY(prefHeight(width));
        }
        boolean isAbove = height <= above || above >= below;
        double x = Math.clamp(at.getX() - MARGIN, MARGIN, parent.getWidth() - width - MARGIN);
        double y =
                isAbove
                        ? Math.max(MARGIN, at.getY() - GAP - height)
                        : at.getY() + anchor.getHeight() + GAP;
        resizeRelocate(snapPositionX(x), snapPositionY(y), snapSizeX(width), height);
        notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
    }

    private void showFooter(CompletionList list) {
        Completion row = list.selectedRow();
        String explanation = row == null ? "" : row.explanation();
        String text =
                list.note().isEmpty() || explanation.isEmpty()
                        ? list.note() + explanation
                        : list.note() + "\n" + explanation;
        Controls.setText(footer, shortened(text));
        footer.setVisible(!text.isEmpty());
        footer.setManaged(!text.isEmpty());
    }

    /// Descriptions of skills can be as long as a page.
    private static String shortened(String text) {
        int most = 300;
        if (text.length() <= most) {
            return text;
        }
        int lastLine = text.lastIndexOf('\n');
        String tail = lastLine > most ? text.substring(lastLine) : "";
        return text.substring(0, most).stripTrailing() + "…" + tail;
    }

    /// Shows as many rows, among them the selected one.
    private void fill(CompletionList list, int count) {
        int selected = Math.max(0, list.selected());
        first = Math.clamp(first, Math.max(0, selected - Math.max(1, count) + 1), selected);
        first = Math.clamp(first, 0, Math.max(0, list.rows().size() - count));
        while (all.size() < count) {
            all.add(row());
        }
        for (int i = 0; i < count; i++) {
            all.get(i)
                    .show(
                            list.rows().get(first + i),
                            first + i,
                            list.rows().size(),
                            first + i == list.selected());
        }
        rows.getChildren().setAll(all.subList(0, count));
        applyCss();
    }

    private CompletionRow row() {
        CompletionRow row = new CompletionRow();
        row.setOnMouseMoved(_ -> model.select(row.index()));
        row.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY) {
                model.select(row.index());
                accept.run();
                e.consume();
            }
        });
        return row;
    }

    /// The number of rows that are visible.
    public int pageSize() {
        return Math.max(1, rows.getChildren().size());
    }

    /// The selected row while the list is shown, for a screen reader; null if there is none.
    public @Nullable Node selectedRow() {
        int selected = model.list().get().selected();
        return isVisible() && selected >= first && selected - first < all.size()
                ? all.get(selected - first)
                : null;
    }
}
