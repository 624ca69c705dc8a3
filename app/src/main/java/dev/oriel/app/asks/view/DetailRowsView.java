package dev.oriel.app.asks.view;

import dev.oriel.app.asks.request.DetailRows;
import dev.oriel.app.controls.Controls;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import javafx.collections.FXCollections;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The rows of an ask, as high as they are up to a limit. A row has nodes only while it is in
/// sight, because there may be a whole file of them.
final class DetailRowsView extends Region {
    private static final double LEAST = 44;

    /// The padding of list and cells at both sides, and the scroll bar, pixels.
    private static final double BESIDE = 42;

    private final DetailRows rows;
    private final DoubleSupplier most;
    private final ListView<DetailRows.Row> list;
    private final Label sample = Controls.label("X");
    private final Text measure = Controls.textNode("");

    /// @param most the greatest height, pixels
    DetailRowsView(DetailRows rows, DoubleSupplier most) {
        this.rows = rows;
        this.most = most;
        list = new ListView<>(FXCollections.observableArrayList(rows.rows()));
        list.setId("ask-lines");
        list.getStyleClass().addAll("ask-detail", "ask-lines");
        list.setAccessibleText(
                "What would be done, " + rows.lines() + (rows.lines() == 1 ? " line" : " lines"));
        list.setCellFactory(_ -> new LineCell());
        sample.getStyleClass().add("code");
        sample.setManaged(false);
        sample.setVisible(false);
        sample.fontProperty().subscribe(_ -> requestLayout());
        getChildren().addAll(list, sample);
    }

    private static final class LineCell extends ListCell<DetailRows.Row> {
        LineCell() {
            Controls.withoutMnemonics(this);
            setWrapText(true);
            setPrefWidth(0);
            getStyleClass().add("code");
        }

        @Override
        protected void updateItem(DetailRows.@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeIf(c -> c.startsWith("line-"));
            Controls.setText(this, row == null || empty ? "" : row.text());
            if (row != null && !empty) {
                getStyleClass().add("line-" + row.line().mark().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return height(width < 0 ? getWidth() : width, most.getAsDouble());
    }

    @Override
    protected double computeMinHeight(double width) {
        return height(width < 0 ? getWidth() : width, LEAST);
    }

    private double height(double width, double limit) {
        measure.setFont(sample.getFont());
        measure.setWrappingWidth(Math.max(80, width - BESIDE));
        double height = 20;
        for (DetailRows.Row row : rows.rows()) {
            measure.setText(row.text().isEmpty() ? " " : row.text());
            height += Math.ceil(measure.getLayoutBounds().getHeight());
            if (height >= limit) {
                return limit;
            }
        }
        return height;
    }

    @Override
    protected void layoutChildren() {
        list.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    /// Index of the first visible row; -1 if unknown.
    int first() {
        VirtualFlow<?> flow = flow();
        IndexedCell<?> first = flow == null ? null : flow.getFirstVisibleCell();
        return first == null ? -1 : first.getIndex();
    }

    /// Index of the last row that is wholly visible; -1 if unknown.
    int last() {
        VirtualFlow<?> flow = flow();
        IndexedCell<?> last = flow == null ? null : flow.getLastVisibleCell();
        if (flow == null || last == null) {
            return -1;
        }
        boolean whole = last.getBoundsInParent().getMaxY() <= flow.getHeight() + 1;
        return whole ? last.getIndex() : last.getIndex() - 1;
    }

    private @Nullable VirtualFlow<?> flow() {
        return list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    void toEnd() {
        list.scrollTo(rows.rows().size() - 1);
    }
}
