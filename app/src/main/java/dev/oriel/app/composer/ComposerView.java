package dev.oriel.app.composer;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.composer.attach.AttachButton;
import dev.oriel.app.composer.attach.AttachmentTray;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.attach.DraftAttachment;
import dev.oriel.app.composer.attach.TransferredContent;
import dev.oriel.app.composer.complete.AcceptedCompletion;
import dev.oriel.app.composer.complete.ArgumentHint;
import dev.oriel.app.composer.complete.CompletionPopup;
import dev.oriel.app.composer.complete.CompletionViewModel;
import dev.oriel.app.composer.complete.FileCompletions;
import dev.oriel.app.controls.Controls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
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
import javafx.scene.input.KeyCode;
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
    private final PromptArea area = new PromptArea();
    private final Button send = round("send", "Send", Feather.ARROW_UP, "send");
    private final Button stop = round("stop", "Stop", Feather.SQUARE, "stop");
    private final DisabledReason stopReason = new DisabledReason(stop);
    private final Label stoppedAfter = Controls.label();
    private final HBox bar = new HBox();
    private final CompletionViewModel completion;
    private final CompletionPopup popup;
    private final CompletionPopup history;
    private final AttachmentsViewModel attachments;

    /// The text after a pasted text was moved into it; null if it was not, or was undone.
    private @Nullable String expanded;

    private Consumer<DraftAttachment> showAttachment = _ -> {};

    public ComposerView(ComposerViewModel model) {
        this.model = model;
        getStyleClass().add("composer-box");
        area.setId("composer");
        area.textProperty().bindBidirectional(model.text());
        area.promptTextProperty().bind(model.hint());
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        attachments = model.attachments();
        attachments.setOnMention(path -> insert(FileCompletions.mention(path, false, false)));
        area.setOnPaste(clipboard -> TransferredContent.attach(clipboard, attachments));
        completion = model.completion();
        popup = new CompletionPopup("completions", completion, area::boundsInScene, this::accept);
        history =
                new CompletionPopup(
                        "history", model.search().history(), area::boundsInScene, this::takePrompt);
        area.setOnEdited(() -> {
            if (!model.search().isOpen()) {
                completion.onEdited(area.getText(), area.getCaretPosition());
            }
        });
        area.caretPositionProperty()
                .subscribe(caret -> completion.onCaretMoved(area.getText(), caret.intValue()));
        area.focusedProperty()
                .subscribe(focused -> {
                    if (!focused) {
                        completion.reset();
                        model.search().cancel();
                    }
                });
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

        ArgumentHint argument =
                new ArgumentHint(
                        area,
                        completion.argumentHint(),
                        () -> area.boundsInScene(area.getLength()));
        AttachmentTray tray =
                new AttachmentTray(attachments, area::requestFocus, a -> showAttachment.accept(a));
        tray.addEventHandler(KeyEvent.KEY_PRESSED, this::undoAttachment);
        VBox frame = new VBox(tray, argument, under, new HiddenLabel("Message", area));
        frame.getStyleClass().add("composer-field");
        area.focusedProperty()
                .subscribe(on ->
                        frame.pseudoClassStateChanged(PseudoClass.getPseudoClass("writing"), on));
        frame.setOnMousePressed(_ -> area.requestFocus());
        getChildren().addAll(new QueueView(model, this::focusField), frame);

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

    /// Puts a text where the caret is.
    private void insert(String text) {
        boolean apart =
                area.getCaretPosition() > 0
                        && !Character.isWhitespace(
                                area.getText().charAt(area.getCaretPosition() - 1));
        area.replaceSelection(apart ? " " + text : text);
    }

    /// Moves a pasted text out of its chip into the message; see [#undoAttachment].
    public void expand(String text) {
        area.replaceSelection(text);
        area.requestFocus();
        expanded = area.getText();
    }

    /// Undoes what happened to an attachment last, unless the text was changed after it.
    private void undoAttachment(KeyEvent e) {
        if (e.getCode() != KeyCode.Z || !e.isShortcutDown() || e.isShiftDown()) {
            return;
        }
        if (area.getText().equals(expanded)) {
            area.undo();
            attachments.restoreRemoved();
            expanded = null;
            e.consume();
        } else if ((!area.isUndoable() || !area.isFocused()) && attachments.restoreRemoved()) {
            e.consume();
        }
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

    private void onKeyPressed(KeyEvent e) {
        if (area.isComposing()) {
            return;
        }
        boolean isPlainControl = e.isControlDown() && !e.isAltDown() && !e.isShiftDown();
        if (e.getCode() == KeyCode.R && isPlainControl) {
            model.searchPrompts();
            e.consume();
            return;
        }
        if (model.search().isOpen() && onHistoryKey(e)) {
            e.consume();
            return;
        }
        if (completion.list().get().isShown() && onPickerKey(e)) {
            e.consume();
            return;
        }
        undoAttachment(e);
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
                // The text area handles it.
            }
        }
    }

    /// Handles a key while earlier prompts are searched.
    ///
    /// @return false if the key is not for the list
    private boolean onHistoryKey(KeyEvent e) {
        switch (e.getCode()) {
            case UP -> model.search().history().move(-1);
            case DOWN -> model.search().history().move(1);
            case PAGE_UP -> model.search().history().move(-Math.max(2, history.pageSize()));
            case PAGE_DOWN -> model.search().history().move(Math.max(2, history.pageSize()));
            case TAB, ENTER -> takePrompt();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takePrompt() {
        model.search().take();
        area.requestFocus();
        area.end();
    }

    /// Handles a key while the picker is shown.
    ///
    /// @return false if the key is not for the picker
    private boolean onPickerKey(KeyEvent e) {
        if (e.isShiftDown() || e.isShortcutDown() || e.isControlDown() || e.isAltDown()) {
            return false;
        }
        return switch (e.getCode()) {
            case UP -> completion.move(-1);
            case DOWN -> completion.move(1);
            case PAGE_UP -> completion.move(-Math.max(2, popup.pageSize()));
            case PAGE_DOWN -> completion.move(Math.max(2, popup.pageSize()));
            case TAB -> accept();
            case ENTER -> completion.isUnavailable() || (!completion.isTypedOut() && accept());
            default -> false;
        };
    }

    /// Chooses the selected row of the picker.
    ///
    /// @return whether there was one
    private boolean accept() {
        Optional<AcceptedCompletion> accepted = completion.accept(area.getText());
        accepted.ifPresent(a -> {
            area.replaceText(a.start(), a.end(), a.insertion());
            area.requestFocus();
            if (a.action() != null) {
                a.action().run();
            }
        });
        return accepted.isPresent();
    }

    private void enter(KeyEvent e) {
        boolean sends =
                switch (model.sendKey()) {
                    case ENTER -> !e.isShiftDown() && !e.isAltDown();
                    case CTRL_ENTER -> e.isShortcutDown();
                };
        if (sends) {
            send();
        } else {
            area.replaceSelection("\n");
        }
        e.consume();
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
        area.setFocusItem(() -> {
            Node row = popup.selectedRow() == null ? history.selectedRow() : popup.selectedRow();
            return row == null ? item.get() : row;
        });
    }

    /// The lists of commands, files and earlier prompts, to be shown over the content of the
    /// window.
    public List<Node> popups() {
        return List.of(popup, history);
    }

    /// Closes the picker of commands and files, or the search for earlier prompts.
    ///
    /// @return whether one of them was shown
    public boolean closePicker() {
        if (model.search().cancel()) {
            area.end();
            return true;
        }
        return completion.close();
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
