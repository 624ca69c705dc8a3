package dev.oriel.app.transcript.diff;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.reading.DiffLayout;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A diff in the whole window. F7 goes to the next change, Shift+F7 to the previous one. Belongs to
/// the JavaFX thread.
public final class DiffOverlay extends VBox {
    /// Room around it, pixels.
    private static final double AROUND = 48;

    private final DiffPane pane;
    private final Label count = Controls.label();

    /// @param path of the file
    public DiffOverlay(String path, DiffContent content, DiffPanes panes, Runnable close) {
        super(12);
        pane = panes.create(content, "diff-text", "Changes of " + path, null);
        setId("diff-overlay");
        setAccessibleText("Changes of " + path);
        getStyleClass().addAll("card", "diff-overlay");
        VBox.setVgrow(pane, Priority.ALWAYS);
        getChildren().addAll(head(path, close), pane);
        pane.change().subscribe(_ -> updateCount());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        sceneProperty().subscribe(this::fill);
    }

    /// As large as the window allows.
    private void fill(@Nullable Scene scene) {
        if (scene != null) {
            var width = Bindings.max(320, scene.widthProperty().subtract(AROUND));
            var height = Bindings.max(240, scene.heightProperty().subtract(AROUND));
            prefWidthProperty().bind(width);
            maxWidthProperty().bind(width);
            prefHeightProperty().bind(height);
            maxHeightProperty().bind(height);
        }
    }

    private HBox head(String path, Runnable close) {
        Label title = Controls.label(path);
        title.getStyleClass().addAll("code", "diff-path");
        // The end of a path identifies it better than its start.
        title.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        title.setMinWidth(60);
        Label numbers = Controls.label();
        Controls.bindText(numbers, pane.summary());
        numbers.getStyleClass().add("quiet");
        numbers.setMinWidth(USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        count.setId("diff-change");
        count.getStyleClass().add("quiet");
        HBox head =
                new HBox(
                        8,
                        title,
                        numbers,
                        space,
                        count,
                        icon(
                                "diff-previous",
                                Feather.ARROW_UP,
                                "Previous change (Shift+F7)",
                                () -> pane.toChange(false)),
                        icon(
                                "diff-next",
                                Feather.ARROW_DOWN,
                                "Next change (F7)",
                                () -> pane.toChange(true)),
                        layoutButton(),
                        icon("diff-close", Feather.X, "Close (Esc)", close));
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private static Button icon(String id, Feather icon, String name, Runnable action) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setId(id);
        button.getStyleClass().add("ghost");
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /// Turns to the other layout, which its text names.
    private Button layoutButton() {
        Button button = Controls.button();
        button.setId("diff-layout");
        button.setMinWidth(USE_PREF_SIZE);
        pane.split()
                .subscribe(split ->
                        Controls.setText(button, split ? "Show unified" : "Show side by side"));
        button.setOnAction(_ ->
                pane.setLayout(pane.split().get() ? DiffLayout.UNIFIED : DiffLayout.SIDE_BY_SIDE));
        return button;
    }

    private void updateCount() {
        int at = pane.change().get();
        Controls.setText(count, at == 0 ? "" : "Change %d of %d".formatted(at, pane.changes()));
    }

    private void pressed(KeyEvent e) {
        if (e.getCode() == KeyCode.F7) {
            pane.toChange(!e.isShiftDown());
            e.consume();
        }
    }

    /// Moves the keyboard focus into the text.
    public void focusText() {
        pane.focusText();
    }
}
