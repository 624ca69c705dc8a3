package dev.oriel.app.composer;

import dev.oriel.app.access.FieldName;
import dev.oriel.app.access.Greyed;
import dev.oriel.app.controls.Controls;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Where a person writes: the queue's cards, the field, and under it what can be chosen and done.
public final class ComposerView extends VBox {
    private final ComposerViewModel model;
    private final PromptArea area = new PromptArea();
    private final Button send = round("send", "Send", Feather.ARROW_UP, "send");
    private final Button stop = round("stop", "Stop", Feather.SQUARE, "stop");
    private final Greyed stopPlace = new Greyed(stop);
    private final Label state = Controls.label();
    private final HBox bar = new HBox();

    public ComposerView(ComposerViewModel model) {
        this.model = model;
        getStyleClass().add("composer-box");
        area.setId("composer");
        area.textProperty().bindBidirectional(model.text());
        area.promptTextProperty().bind(model.hint());
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        state.getStyleClass().add("turn-state");
        state.setAccessibleRole(AccessibleRole.TEXT);
        Rectangle square = new Rectangle(11, 11);
        square.setArcWidth(3);
        square.setArcHeight(3);
        square.getStyleClass().add("square");
        stop.setGraphic(square);
        stop.setTooltip(Controls.tooltip("Stop  (Esc)"));
        send.setOnAction(_ -> sent());
        stop.setOnAction(_ -> stopped());

        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        bar.getStyleClass().add("composer-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        HBox end = new HBox(8, state, stopPlace, send);
        end.setAlignment(Pos.CENTER_RIGHT);
        HBox under = new HBox(8, bar, space, end);
        under.setAlignment(Pos.CENTER_LEFT);
        under.getStyleClass().add("composer-under");

        VBox field = new VBox(area, under, new FieldName("Message", area));
        field.getStyleClass().add("composer-field");
        area.focusedProperty()
                .subscribe(on ->
                        field.pseudoClassStateChanged(PseudoClass.getPseudoClass("writing"), on));
        field.setOnMousePressed(_ -> area.requestFocus());
        getChildren().addAll(new QueueView(model, this::focusField), field);

        show(send, Bindings.createBooleanBinding(this::sendShown, model.turn(), model.text()));
        show(stop, Bindings.createBooleanBinding(() -> model.turn().get().busy(), model.turn()));
        send.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.text().get().isBlank(), model.text()));
        model.turn().subscribe(this::turned);
    }

    private boolean sendShown() {
        return !model.turn().get().busy() || !model.text().get().isBlank();
    }

    private static void show(Node node, ObservableValue<Boolean> when) {
        when.subscribe(on -> {
            node.setVisible(on);
            node.setManaged(on);
        });
        // A binding that nobody holds is collected, and the node would stay as it is.
        node.getProperties().put(ComposerView.class, when);
    }

    private static Button round(String id, String name, Feather icon, String style) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setId(id);
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().addAll("round", style);
        return button;
    }

    private void turned(Turn turn) {
        stop.setDisable(turn instanceof Turn.Stopping);
        Controls.text(
                state,
                switch (turn) {
                    case Turn.Stopped(Duration took) -> "Stopped after " + seconds(took);
                    // That it stops, and for how long, stands over the field.
                    case Turn.Stopping _, Turn.Quiet _, Turn.Running _ -> "";
                });
    }

    private static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }

    private void pressed(KeyEvent e) {
        if (area.composing()) {
            return;
        }
        switch (e.getCode()) {
            case ENTER -> enter(e);
            case UP -> {
                if (!e.isShiftDown() && !e.isShortcutDown() && model.recall(area::end)) {
                    e.consume();
                }
            }
            case TAB -> {
                if (!e.isShortcutDown() && !e.isControlDown()) {
                    area.requestFocusTraversal(
                            e.isShiftDown()
                                    ? TraversalDirection.PREVIOUS
                                    : TraversalDirection.NEXT);
                    e.consume();
                }
            }
            default -> {
                // The field's own.
            }
        }
    }

    private void enter(KeyEvent e) {
        boolean sends =
                switch (model.sendKey()) {
                    case ENTER -> !e.isShiftDown() && !e.isAltDown();
                    case CTRL_ENTER -> e.isShortcutDown();
                };
        if (sends) {
            sent();
        } else {
            area.replaceSelection("\n");
        }
        e.consume();
    }

    private void sent() {
        model.send();
        area.requestFocus();
    }

    private void stopped() {
        model.stop();
        area.requestFocus();
    }

    /// Puts the cursor into the field, behind its text.
    public void focusField() {
        area.requestFocus();
        area.end();
    }

    /// The field itself.
    public Node field() {
        return area;
    }

    /// Whether keys belong to an input method right now.
    public boolean composing() {
        return area.composing();
    }

    /// @param item what a screen reader is at while the cursor is here, null for the text itself
    public void focusItem(Supplier<? extends @Nullable Node> item) {
        area.focusItem(item);
    }

    /// What stands at the left under the field: chips.
    public HBox bar() {
        return bar;
    }

    /// Why an answer cannot be stopped; empty where it can.
    public StringProperty cannotStop() {
        return stopPlace.why();
    }
}
