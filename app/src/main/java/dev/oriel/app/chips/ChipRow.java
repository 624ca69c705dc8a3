package dev.oriel.app.chips;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;

/// Chips side by side. Where there is too little room for all texts, chips show their icons only,
/// beginning with the last one.
public final class ChipRow extends HBox {
    private static final double GAP = 2;

    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        final Node node;
        final OptionChip chip;
        String measured = "";
        double full;
        double compact;

        Entry(Node node, OptionChip chip) {
            this.node = node;
            this.chip = chip;
        }
    }

    public ChipRow() {
        super(GAP);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("chip-row");
    }

    /// Adds a chip.
    ///
    /// @param node the chip itself, or a node that contains it
    void add(OptionChip chip, Node node) {
        entries.add(new Entry(node, chip));
        getChildren().add(node);
    }

    /// Adds a node that keeps its width.
    void add(Node node) {
        getChildren().add(node);
    }

    @Override
    protected double computeMinWidth(double height) {
        return width(true);
    }

    @Override
    protected double computePrefWidth(double height) {
        return width(false);
    }

    private double width(boolean compact) {
        measure();
        double width = 0;
        for (Node child : getManagedChildren()) {
            width += (width > 0 ? GAP : 0) + width(child, compact);
        }
        return Math.ceil(width);
    }

    private double width(Node child, boolean compact) {
        for (Entry e : entries) {
            if (e.node.equals(child)) {
                return compact ? e.compact : e.full;
            }
        }
        return snapSizeX(child.prefWidth(-1));
    }

    private void measure() {
        for (Entry e : entries) {
            String now = e.chip.getText() + '\n' + e.chip.getFont();
            if (!now.equals(e.measured) || e.full == 0) {
                boolean before = e.chip.isCompact();
                e.chip.applyCss();
                e.chip.setCompact(true);
                e.compact = snapSizeX(e.chip.prefWidth(-1));
                e.chip.setCompact(false);
                e.full = snapSizeX(e.chip.prefWidth(-1));
                e.chip.setCompact(before);
                e.measured = e.chip.getSkin() == null ? "" : now;
            }
        }
    }

    @Override
    protected void layoutChildren() {
        measure();
        double missing = width(false) - getWidth();
        for (Entry e : entries.reversed()) {
            boolean compact = missing > 0.5 && e.node.isManaged();
            if (compact) {
                missing -= e.full - e.compact;
            }
            if (e.chip.isCompact() != compact) {
                e.chip.setCompact(compact);
            }
        }
        super.layoutChildren();
    }
}
