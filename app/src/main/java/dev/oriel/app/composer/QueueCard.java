package dev.oriel.app.composer;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.Shortcuts;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The card of a prompt that waits: its text, and what can be done with it.
final class QueueCard extends HBox {
    private static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");

    /// The mouse moves a card after this distance, pixels.
    private static final double DRAG_DISTANCE = 4;

    private final QueuedPrompt prompt;
    private final QueueViewModel model;
    private final QueueView view;
    private final Runnable focusField;
    private final Button steer;
    private final DisabledReason steerReason;
    private double pressedAt;
    private boolean dragging;

    QueueCard(
            QueuedPrompt prompt,
            QueueViewModel model,
            TurnState turn,
            QueueView view,
            Runnable focusField) {
        super(8);
        this.prompt = prompt;
        this.model = model;
        this.view = view;
        this.focusField = focusField;
        Label text = Controls.label();
        Controls.setText(text, prompt.summary());
        text.getStyleClass().add("queued-text");
        text.setTextOverrun(OverrunStyle.ELLIPSIS);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setTooltip(Controls.tooltip(prompt.text()));
        HBox.setHgrow(text, Priority.ALWAYS);
        steer =
                action(
                        "Steer: the running turn takes it up",
                        Feather.CORNER_UP_RIGHT,
                        "queue-steer");
        Controls.setText(steer.getTooltip(), "Steer: the running turn takes it up");
        steer.setOnAction(_ -> run(() -> model.steer(prompt)));
        steerReason = new DisabledReason(steer);
        getChildren().addAll(icon(), text);
        if (prompt.sent()) {
            Button now = action("Send now", Feather.ZAP, "queue-now");
            Controls.setText(now.getTooltip(), "Send now: stops the running turn");
            now.setOnAction(_ -> run(() -> model.sendNow(prompt)));
            DisabledReason nowReason = new DisabledReason(now);
            nowReason.reasonProperty().set(model.whyFixed());
            getChildren().addAll(steerReason, nowReason);
        } else {
            Label state = Controls.label("Not sent yet");
            state.getStyleClass().add("quiet");
            state.setMinWidth(USE_PREF_SIZE);
            getChildren().add(state);
        }
        Button edit = action("Edit", Feather.EDIT_2, "queue-edit");
        edit.setOnAction(_ -> run(() -> model.edit(prompt, focusField)));
        Button delete = action("Delete", Feather.X, "queue-delete");
        delete.setOnAction(_ -> run(() -> model.remove(prompt)));
        getChildren().addAll(edit, delete);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("queued");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        setAccessibleText("Queued message: " + prompt.summary());
        setAccessibleHelp(
                "%s and %s move it, Enter edits it, Delete removes it."
                        .formatted(
                                Shortcuts.displayName("Alt+Up"),
                                Shortcuts.displayName("Alt+Down")));
        updateTurn(turn);
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::onPressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::onDragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::onReleased);
    }

    QueuedPrompt prompt() {
        return prompt;
    }

    private Node icon() {
        return new DecorativeIcon(prompt.sent() ? Feather.CLOCK : Feather.UPLOAD_CLOUD);
    }

    /// Without a running turn nothing takes a prompt up.
    void updateTurn(TurnState turn) {
        String fixed = model.whyFixed();
        steerReason
                .reasonProperty()
                .set(
                        !fixed.isEmpty()
                                ? fixed
                                : turn instanceof TurnState.Running
                                        ? ""
                                        : "No turn is running that could take it up.");
    }

    private void run(Runnable action) {
        focusField.run();
        action.run();
    }

    private static Button action(String name, Feather icon, String style) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setAccessibleText(name + " queued message");
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().addAll("ghost", style);
        return button;
    }

    private void onKeyPressed(KeyEvent e) {
        if (!isFocused() || e.isShiftDown() || e.isShortcutDown() || e.isControlDown()) {
            return;
        }
        boolean handled = true;
        switch (e.getCode()) {
            case UP -> move(e, -1);
            case DOWN -> move(e, 1);
            case ENTER -> run(() -> model.edit(prompt, focusField));
            case DELETE, BACK_SPACE -> model.remove(prompt);
            default -> handled = false;
        }
        if (handled) {
            e.consume();
        }
    }

    private void move(KeyEvent e, int by) {
        if (e.isAltDown()) {
            model.moveBy(prompt, by);
        } else {
            view.focusNeighbour(this, by);
        }
    }

    private void onPressed(MouseEvent e) {
        if (e.getButton() == MouseButton.PRIMARY) {
            requestFocus();
            pressedAt = e.getSceneY();
            dragging = false;
            e.consume();
        }
    }

    private void onDragged(MouseEvent e) {
        double by = e.getSceneY() - pressedAt;
        boolean canMove = prompt.sent() && model.whyFixed().isEmpty() && view.indexOf(this) >= 0;
        if (!canMove || !e.isPrimaryButtonDown() || (!dragging && Math.abs(by) < DRAG_DISTANCE)) {
            return;
        }
        dragging = true;
        pseudoClassStateChanged(DRAGGED, true);
        setViewOrder(-1);
        setTranslateY(by);
        view.showMarker(this, centre());
        e.consume();
    }

    /// The centre of this card while it is dragged, in the view.
    private double centre() {
        return getLayoutY() + getTranslateY() + getHeight() / 2;
    }

    private void onReleased(MouseEvent e) {
        if (dragging) {
            int to = view.indexAt(this, centre());
            dragging = false;
            pseudoClassStateChanged(DRAGGED, false);
            setViewOrder(0);
            setTranslateY(0);
            view.hideMarker();
            if (view.indexOf(this) >= 0) {
                model.move(prompt, to);
            }
            e.consume();
        }
    }
}
