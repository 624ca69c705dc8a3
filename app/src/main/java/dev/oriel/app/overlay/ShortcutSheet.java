package dev.oriel.app.overlay;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.Shortcuts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The list of all keyboard shortcuts.
public final class ShortcutSheet {
    /// Keys that controls handle themselves.
    private static final List<List<String>> OF_CONTROLS =
            List.of(
                    List.of("Enter", "Send, or queue while Claude works"),
                    List.of("Shift+Enter", "New line"),
                    List.of("Up", "In the empty field: the last message"),
                    List.of("@", "In a message: files and folders"),
                    List.of("/", "At its start: commands and skills"),
                    List.of("Alt+Up, Down", "In the queue: move a message"),
                    List.of("Tab", "In the conversation: next link, or line that opens"),
                    List.of("Alt+Left, Right", "In the conversation: scroll wide lines"),
                    List.of("F2, Delete", "In the list: rename, delete"),
                    List.of("Shift+F10", "In the list: menu of the session"),
                    List.of("F7, Shift+F7", "In a diff: next, previous change"));

    private ShortcutSheet() {}

    private static ColumnConstraints keys() {
        ColumnConstraints column = new ColumnConstraints();
        column.setMinWidth(Region.USE_PREF_SIZE);
        return column;
    }

    private static ColumnConstraints words() {
        ColumnConstraints column = new ColumnConstraints(60, 184, Double.MAX_VALUE);
        column.setHgrow(Priority.ALWAYS);
        return column;
    }

    /// A card for [Overlays#showCentered].
    ///
    /// @param close closes it
    public static VBox create(Shortcuts shortcuts, Runnable close) {
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : OF_CONTROLS) {
            rows.add(List.of(Shortcuts.displayName(row.getFirst()), row.getLast()));
        }
        for (Shortcuts.Shortcut s : shortcuts.all()) {
            if (!s.description().matches("Session [2-9]")) {
                String key = Shortcuts.displayName(s.keys().getFirst());
                boolean first = s.description().equals("Session 1");
                rows.add(
                        List.of(
                                first ? key + " … 9" : key,
                                first ? "Session 1 to 9" : s.description()));
            }
        }
        int half = (rows.size() + 1) / 2;
        // With large text the second column is below the first one.
        FlowPane columns =
                new FlowPane(
                        16,
                        8,
                        column(rows.subList(0, half)),
                        column(rows.subList(half, rows.size())));
        columns.setPadding(new Insets(0, 16, 0, 0)); // beside the scroll bar
        columns.setRowValignment(VPos.TOP);
        ScrollPane scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("sheet-scroll");
        VBox card = Dialogs.card("Keys", close, scroll);
        card.setMaxWidth(720);
        return card;
    }

    private static GridPane column(List<List<String>> rows) {
        GridPane grid = new GridPane(16, 8);
        grid.getStyleClass().add("keys");
        grid.getColumnConstraints().setAll(keys(), words());
        for (int i = 0; i < rows.size(); i++) {
            Label key = Controls.label(rows.get(i).getFirst());
            key.getStyleClass().add("key");
            key.setMinWidth(Region.USE_PREF_SIZE);
            Label description = Controls.label(rows.get(i).getLast());
            Controls.wrapping(description);
            description.setMinHeight(Region.USE_PREF_SIZE);
            grid.addRow(i, key, description);
        }
        return grid;
    }
}
