package dev.oriel.app.find;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.FocusRegions;
import dev.oriel.message.find.TextQuery;
import java.util.function.BooleanSupplier;
import javafx.animation.TranslateTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The bar over the upper edge of the conversation in which the user finds text. It does not change
/// the layout of what is under it.
///
/// Node ids: `find-field`, `find-count`, `find-error`, `find-case`, `find-word`, `find-regex`,
/// `find-previous`, `find-next`, `find-close`. Belongs to the JavaFX thread.
public final class FindBar extends VBox {
    /// How much of the upper edge of the conversation the bar covers, pixels.
    public static final double HEIGHT = 56;

    private static final Duration MOTION = Duration.millis(120);

    private final FindViewModel model;
    private final BooleanSupplier reducedMotion;
    private final TextField field = new TextField();
    private final ToggleButton matchCase =
            toggle("Aa", "find-case", "Match case", "Match upper and lower case");
    private final ToggleButton wholeWord =
            toggle("W", "find-word", "Whole word", "Match whole words only");
    private final ToggleButton regex =
            toggle(".*", "find-regex", "Regular expression", "Use a regular expression");
    private final Label count = Controls.label();
    private final Label error = Controls.wrapping(Controls.label());
    private final Button previous;
    private final Button next;

    /// What had the focus before the bar was opened.
    private @Nullable Node before;

    /// @param otherFocus takes the focus when the bar closes, if what had it before is gone
    public FindBar(FindViewModel model, BooleanSupplier reducedMotion, Runnable otherFocus) {
        this.model = model;
        this.reducedMotion = reducedMotion;
        getStyleClass().add("find-bar");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        StackPane.setAlignment(this, Pos.TOP_RIGHT);
        // The scroll bar stays in sight.
        StackPane.setMargin(this, new Insets(0, 16, 0, 0));
        field.setId("find-field");
        field.setPromptText("Find in conversation");
        field.setPrefColumnCount(18);
        HBox.setHgrow(field, Priority.ALWAYS);
        count.setId("find-count");
        count.setMinWidth(USE_PREF_SIZE);
        error.setId("find-error");
        previous =
                button(
                        Feather.CHEVRON_UP,
                        "find-previous",
                        "Previous  (Shift+Enter)",
                        model::previous);
        next = button(Feather.CHEVRON_DOWN, "find-next", "Next  (Enter)", model::next);
        Button close = button(Feather.X, "find-close", "Close  (Esc)", model::close);
        HBox row = new HBox(field, matchCase, wholeWord, regex, count, previous, next, close);
        row.getStyleClass().add("find-row");
        row.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(row, error, new HiddenLabel("Find in conversation", field));
        field.textProperty().addListener((_, _, _) -> update());
        for (ToggleButton each : new ToggleButton[] {matchCase, wholeWord, regex}) {
            each.selectedProperty().addListener((_, _, _) -> update());
        }
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        model.state().subscribe(this::show);
        setVisible(false);
        model.shown()
                .addListener((_, _, shown) -> {
                    if (shown) {
                        slideIn();
                    } else {
                        hide(otherFocus);
                    }
                });
    }

    private static ToggleButton toggle(String text, String id, String name, String tip) {
        ToggleButton toggle = Controls.toggleButton(text);
        toggle.setId(id);
        toggle.setAccessibleText(name);
        toggle.setTooltip(Controls.tooltip(tip));
        toggle.getStyleClass().add("find-toggle");
        toggle.setMinWidth(USE_PREF_SIZE);
        return toggle;
    }

    private static Button button(Feather icon, String id, String name, Runnable action) {
        Button button = Controls.button(null, new DecorativeIcon(icon));
        button.setId(id);
        button.setAccessibleText(name.substring(0, name.indexOf(' ')));
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("ghost");
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void update() {
        model.setQuery(
                new TextQuery(
                        field.getText(),
                        matchCase.isSelected(),
                        wholeWord.isSelected(),
                        regex.isSelected()));
    }

    private void onKey(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER && field.isFocused()) {
            if (e.isShiftDown()) {
                model.previous();
            } else {
                model.next();
            }
            e.consume();
        }
    }

    /// Opens the bar, or selects its text if it is open.
    ///
    /// @param selected the text that is selected in the conversation, which is to be found; empty
    ///   for the text of before
    public void open(String selected) {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        if (!FocusRegions.contains(this, focused)) {
            before = focused;
        }
        if (!selected.isBlank()) {
            field.setText(selected);
        }
        if (model.open()) {
            field.requestFocus();
            field.selectAll();
        }
    }

    /// Closes the bar if the focus is in it.
    ///
    /// @return whether it was
    public boolean escape() {
        boolean inside =
                isVisible()
                        && getScene() != null
                        && FocusRegions.contains(this, getScene().getFocusOwner());
        if (inside) {
            model.close();
        }
        return inside;
    }

    private void slideIn() {
        setVisible(true);
        if (!reducedMotion.getAsBoolean()) {
            TranslateTransition slide = new TranslateTransition(MOTION, this);
            slide.setFromY(-HEIGHT);
            slide.setToY(0);
            slide.play();
        }
    }

    private void hide(Runnable otherFocus) {
        Node last = before;
        before = null;
        boolean focused =
                getScene() != null && FocusRegions.contains(this, getScene().getFocusOwner());
        if (focused) {
            if (last != null && last.getScene() != null && last.isVisible()) {
                last.requestFocus();
            } else {
                otherFocus.run();
            }
        }
        setVisible(false);
    }

    private void show(FindState state) {
        Controls.setText(count, state.isError() ? "" : state.text());
        Controls.setText(error, state.isError() ? state.text() : "");
        error.setVisible(state.isError());
        error.setManaged(state.isError());
        previous.setDisable(!state.hasHits());
        next.setDisable(!state.hasHits());
    }
}
