package dev.oriel.app.composer;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.composer.attach.AttachButton;
import dev.oriel.app.composer.attach.AttachmentTray;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.attach.DraftAttachment;
import dev.oriel.app.controls.Controls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
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

/// The composer: the cards of the queue, the text area, and under it options and buttons.
public final class ComposerView extends VBox {
    private final ComposerViewModel model;
    private final PromptField field;
    private final PromptArea area;
    private final Button send = round("send", "Send", Feather.ARROW_UP, "send");
    private final Button stop = round("stop", "Stop", Feather.SQUARE, "stop");
    private final DisabledReason stopReason = new DisabledReason(stop);
    private final Label stoppedAfter = Controls.label();
    private final HBox bar = new HBox();
    private final AttachmentsViewModel attachments;

    private Consumer<DraftAttachment> showAttachment = _ -> {};

    public ComposerView(ComposerViewModel model) {
        this.model = model;
        getStyleClass().add("composer-box");
        attachments = model.attachments();
        field = new PromptField(model);
        area = field.area();
        stoppedAfter.getStyleClass().add("turn-state");
        stoppedAfter.setAccessibleRole(AccessibleRole.TEXT);
        Rectangle square = new Rectangle(11, 11);
        square.setArcWidth(3);
        square.setArcHeight(3);
        square.getStyleClass().add("square");
        stop.setGraphic(square);
        stop.setTooltip(Controls.tooltip("Stop  (Esc)"));
        send.setOnAction(_ -> send());
        stop.setOnAction(_ -> interrupt());

        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        bar.getStyleClass().add("composer-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        HBox end = new HBox(8, stoppedAfter, stopReason, send);
        end.setAlignment(Pos.CENTER_RIGHT);
        Button attach = new AttachButton(attachments, this::focusField).node();
        HBox under = new HBox(8, attach, bar, space, end);
        under.setAlignment(Pos.CENTER_LEFT);
        under.getStyleClass().add("composer-under");

        AttachmentTray tray =
                new AttachmentTray(attachments, area::requestFocus, a -> showAttachment.accept(a));
        tray.addEventHandler(KeyEvent.KEY_PRESSED, field::undoAttachment);
        VBox frame = new VBox(tray, field.node(), under, new HiddenLabel("Message", area));
        frame.getStyleClass().add("composer-field");
        area.focusedProperty()
                .subscribe(on ->
                        frame.pseudoClassStateChanged(PseudoClass.getPseudoClass("writing"), on));
        frame.setOnMousePressed(_ -> area.requestFocus());
        getChildren().addAll(new QueueView(model.queue(), model.turn(), this::focusField), frame);

        show(
                send,
                Bindings.createBooleanBinding(
                        this::sendShown, model.turn(), model.text(), attachments.attachments()));
        show(stop, Bindings.createBooleanBinding(() -> model.turn().get().isBusy(), model.turn()));
        send.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                this::isEmpty, model.text(), attachments.attachments()));
        model.turn().subscribe(this::onTurn);
    }

    private boolean sendShown() {
        return !model.turn().get().isBusy() || !isEmpty();
    }

    private boolean isEmpty() {
        return model.text().get().isBlank() && attachments.attachments().isEmpty();
    }

    /// Moves a pasted text out of its chip into the message.
    public void expand(String text) {
        field.expand(text);
    }

    /// @param show shows an attachment in full
    public void setOnShowAttachment(Consumer<DraftAttachment> show) {
        showAttachment = show;
    }

    private static void show(Node node, ObservableValue<Boolean> when) {
        when.subscribe(on -> {
            node.setVisible(on);
            node.setManaged(on);
        });
        // Otherwise the binding would be garbage-collected, and the node would no longer change.
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

    private void onTurn(TurnState turn) {
        stop.setDisable(turn instanceof TurnState.Interrupting);
        Controls.setText(
                stoppedAfter,
                switch (turn) {
                    case TurnState.Interrupted(Duration took) -> "Stopped after " + seconds(took);
                    // The line above the composer says that it stops, and for how long.
                    case TurnState.Interrupting _, TurnState.Idle _, TurnState.Running _ -> "";
                });
    }

    private static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }

    private void send() {
        model.send();
        area.requestFocus();
    }

    private void interrupt() {
        model.interrupt();
        area.requestFocus();
    }

    /// Moves the focus to the text area, and the caret to the end of its text.
    public void focusField() {
        area.requestFocus();
        area.end();
    }

    /// The text area.
    public Node field() {
        return area;
    }

    /// Whether an input method is composing, so that keys belong to it.
    public boolean isComposing() {
        return area.isComposing();
    }

    /// @param item supplies the node that a screen reader reads while the text area has the focus;
    ///   null for the text area itself
    public void setFocusItem(Supplier<? extends @Nullable Node> item) {
        field.setFocusItem(item);
    }

    /// The lists of commands, files and earlier prompts, to be shown over the content of the
    /// window.
    public List<Node> popups() {
        return field.popups();
    }

    /// Closes the picker of commands and files, or the search for earlier prompts.
    ///
    /// @return whether one of them was shown
    public boolean closePicker() {
        return field.closePicker();
    }

    /// The box at the left under the text area, for the options.
    public HBox optionBar() {
        return bar;
    }

    /// Why a turn cannot be interrupted; empty if it can.
    public StringProperty stopDisabledReason() {
        return stopReason.reasonProperty();
    }
}
