package dev.oriel.app.composer;

import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.attach.TransferredContent;
import dev.oriel.app.composer.complete.AcceptedCompletion;
import dev.oriel.app.composer.complete.ArgumentHint;
import dev.oriel.app.composer.complete.CompletionPopup;
import dev.oriel.app.composer.complete.CompletionViewModel;
import dev.oriel.app.composer.complete.FileCompletions;
import dev.oriel.app.text.FieldText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The text area of the composer with its pickers and its keys.
final class PromptField {
    private final ComposerViewModel model;
    private final PromptArea area = new PromptArea();
    private final CompletionViewModel completion;
    private final CompletionPopup popup;
    private final CompletionPopup history;
    private final AttachmentsViewModel attachments;

    PromptField(ComposerViewModel model) {
        this.model = model;
        area.setId("composer");
        model.text().subscribe(area::replaceAll);
        area.textProperty().subscribe(model.text()::set);
        model.begun().subscribe(_ -> area.clearUndo());
        area.promptTextProperty().bind(model.hint());
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        attachments = model.attachments();
        attachments.setText(area::getText);
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
    }

    PromptArea area() {
        return area;
    }

    /// The text area, and after its text what can follow the command that was typed.
    ArgumentHint node() {
        return new ArgumentHint(
                area, completion.argumentHint(), () -> area.boundsInScene(area.getLength()));
    }

    /// Puts a text where the caret is.
    private void insert(String text) {
        boolean apart =
                area.getCaretPosition() > 0
                        && !Character.isWhitespace(
                                area.getText().charAt(area.getCaretPosition() - 1));
        area.replaceSelection(apart ? " " + text : text);
    }

    /// Moves a pasted text out of its chip into the message.
    void expand(String text) {
        area.replaceSelection(FieldText.of(text));
        area.requestFocus();
    }

    /// Undoes what happened to an attachment last, unless the text was changed after it, or does it
    /// again.
    void undoAttachment(KeyEvent e) {
        if (isRedo(e)) {
            if (attachments.redoExpansion(area::redo)) {
                e.consume();
            }
        } else if (e.getCode() == KeyCode.Z && e.isShortcutDown() && !e.isShiftDown()) {
            boolean inText = area.isUndoable() && area.isFocused();
            if (attachments.undoRemoval(inText, area::undo)) {
                e.consume();
            }
        }
    }

    /// Whether the text area does its last undone change again at this key, on some system.
    private static boolean isRedo(KeyEvent e) {
        return e.isShortcutDown()
                && !e.isAltDown()
                && (e.getCode() == KeyCode.Y || (e.getCode() == KeyCode.Z && e.isShiftDown()));
    }

    private void onKeyPressed(KeyEvent e) {
        if (area.isComposing()) {
            // The text area would insert a line break, or move the focus.
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.TAB) {
                e.consume();
            }
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
        boolean plain = !e.isShiftDown() && !e.isShortcutDown() && !e.isAltDown();
        switch (e.getCode()) {
            case ENTER -> enter(e);
            case UP -> {
                boolean older =
                        area.isCaretAtStart() || (model.isRecalled() && area.isCaretAtEnd());
                if (plain && older && model.recallOlder(area::end)) {
                    e.consume();
                }
            }
            case DOWN -> {
                boolean newer = area.isCaretAtStart() || area.isCaretAtEnd();
                if (plain && newer && model.recallNewer(area::end)) {
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

    private void enter(KeyEvent e) {
        boolean sends =
                switch (model.sendKey()) {
                    case ENTER -> !e.isShiftDown() && !e.isAltDown();
                    case CTRL_ENTER -> e.isShortcutDown();
                };
        if (sends) {
            model.send();
            area.requestFocus();
        } else {
            area.replaceSelection("\n");
        }
        e.consume();
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

    /// @param item supplies the node that a screen reader reads while the text area has the focus;
    ///   null for the text area itself
    void setFocusItem(Supplier<? extends @Nullable Node> item) {
        area.setFocusItem(() -> {
            Node row = popup.selectedRow() == null ? history.selectedRow() : popup.selectedRow();
            return row == null ? item.get() : row;
        });
    }

    /// The lists of commands, files and earlier prompts.
    List<Node> popups() {
        return List.of(popup, history);
    }

    /// Closes the picker of commands and files, or the search for earlier prompts.
    ///
    /// @return whether one of them was shown
    boolean closePicker() {
        if (model.search().cancel()) {
            area.end();
            return true;
        }
        return completion.close();
    }
}
