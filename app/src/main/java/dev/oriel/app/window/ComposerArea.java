package dev.oriel.app.window;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.view.AsksView;
import dev.oriel.app.chips.ComposerChips;
import dev.oriel.app.composer.ComposerView;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.attach.AttachmentPreview;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.composer.attach.DropTarget;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.keyboard.FocusRegions;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.transcript.diff.DiffPanes;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The area under the page: the ask that waits for the user, why a turn waits, and the composer
/// with its options.
public final class ComposerArea extends StackPane {
    /// The width of the column of text, pixels; that of the transcript.
    private static final double COLUMN = 760;

    private Runnable focusInPlace = () -> {};
    private final ShellViewModel shell;
    private final ComposerViewModel composerModel;
    private final AsksViewModel asksModel;
    private final ComposerView composer;
    private final AsksView asks;
    private final ComposerChips chips;
    private final PromptReturn returns;

    /// Whether the last key was Esc in the empty field, with nothing to stop.
    private boolean escapedOnce;

    /// Returning to an earlier prompt.
    public interface PromptReturn {
        /// Whether there is a prompt to which the open conversation can return.
        boolean isPossible();

        /// Lets the user choose one.
        void pick();
    }

    /// @param work shows what Claude works on
    /// @param showUsage shows what the context holds
    /// @param browser opens an address
    /// @param focusItem the node that a screen reader reads while the composer has the focus; null
    ///   for the composer itself
    /// @param diffs shows proposed changes of files
    /// @param returns returns to an earlier prompt
    public ComposerArea(
            ShellViewModel shell,
            ComposerViewModel composerModel,
            AsksViewModel asksModel,
            Node work,
            Overlays overlays,
            Runnable showUsage,
            Consumer<String> browser,
            Supplier<? extends @Nullable Node> focusItem,
            DiffPanes diffs,
            PromptReturn returns) {
        this.shell = shell;
        this.composerModel = composerModel;
        this.returns = returns;
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (e.getCode() != KeyCode.ESCAPE) {
                        escapedOnce = false;
                    }
                });
        this.asksModel = asksModel;
        composer = new ComposerView(composerModel);
        composer.setFocusItem(focusItem);
        AttachmentsViewModel attachments = composerModel.attachments();
        composer.setOnShowAttachment(a ->
                overlays.showCentered(
                        new AttachmentPreview(a, attachments, overlays, composer::expand)));
        shell.unsupported().subscribe(u -> attachments.setUnsupported(u.attachments()));
        composer.setMinHeight(USE_PREF_SIZE);
        VBox.setVgrow(composer, Priority.NEVER);
        asks = new AsksView(asksModel, composer::focusField, browser, diffs);
        chips = new ComposerChips(shell, overlays, showUsage);
        composer.optionBar().getChildren().add(chips.node());
        HBox.setHgrow(chips.node(), Priority.ALWAYS);
        shell.unsupported().subscribe(u -> composer.stopDisabledReason().set(u.stop()));
        VBox column = new VBox(asks, work, waitReason(), composer);
        column.setMaxWidth(COLUMN);
        column.getStyleClass().add("lower");
        getStyleClass().add("lower-place");
        setAlignment(Pos.BOTTOM_CENTER);
        getChildren().add(column);
    }

    private Label waitReason() {
        Label reason = Controls.label();
        Controls.bindText(reason, shell.waitReason());
        reason.getStyleClass().add("why");
        Controls.wrapping(reason);
        reason.setId("why");
        // During a turn it keeps its place even if it is empty, so that the conversation does not
        // jump. An ask takes that place.
        ObservableValue<Boolean> shown =
                Bindings.createBooleanBinding(
                        () ->
                                !shell.waitReason().get().isEmpty()
                                        || (composerModel.turn().get().isBusy()
                                                && asksModel.shown().get() == null),
                        shell.waitReason(),
                        asksModel.shown(),
                        composerModel.turn());
        reason.visibleProperty().bind(shown);
        reason.managedProperty().bind(shown);
        return reason;
    }

    /// Handles Esc where no overlay is open: denies the ask, or stops the turn. A text field other
    /// than the composer keeps the key, and so does an input method.
    ///
    /// @return whether the key was handled
    boolean escape(@Nullable Node focused) {
        if (FocusRegions.contains(asks, focused)) {
            // The key that leaves the field must not discard what was typed in it.
            if (asksModel.hasDraft()) {
                composer.focusField();
            } else {
                asksModel.dismiss();
            }
            return true;
        }
        if (!composer.isComposing() && composer.closePicker()) {
            return true;
        }
        boolean otherField =
                focused instanceof TextInputControl field && !"composer".equals(field.getId());
        if (otherField || composer.isComposing()) {
            return false;
        }
        if (asksModel.shown().get() != null) {
            asksModel.dismiss();
            return true;
        }
        return composerModel.interrupt() || escapeTwice(focused);
    }

    /// Returns to an earlier prompt if Esc is pressed twice in an empty field, and no other key in
    /// between.
    private boolean escapeTwice(@Nullable Node focused) {
        boolean empty =
                focused != null
                        && "composer".equals(focused.getId())
                        && composerModel.text().get().isEmpty();
        if (!empty || !returns.isPossible()) {
            return false;
        }
        if (escapedOnce) {
            escapedOnce = false;
            returns.pick();
        } else {
            escapedOnce = true;
            shell.toasts().info("Press Esc again to return to an earlier prompt.");
        }
        return true;
    }

    /// Hides the whole area while the page itself asks for something.
    ///
    /// @param focus moves the focus into the page
    public void hideWhile(ObservableValue<Boolean> hidden, Runnable focus) {
        focusInPlace = focus;
        hidden.subscribe(now -> {
            setVisible(!now);
            setManaged(!now);
        });
    }

    /// Moves the focus to the composer, or to what is in its place.
    public void focusField() {
        if (isVisible()) {
            composer.focusField();
        } else {
            focusInPlace.run();
        }
    }

    /// The chips under the composer.
    public ComposerChips chips() {
        return chips;
    }

    AsksView asks() {
        return asks;
    }

    /// Lets files be dropped anywhere on the window.
    ///
    /// @return what is visible during a drag, over the content of the window
    Node acceptDrops(Region window) {
        return new DropTarget(window, composerModel.attachments(), composer::focusField).node();
    }

    /// Searches earlier prompts, unless the composer has the focus: it knows whether the key
    /// belongs to an input method.
    ///
    /// @return whether the search was opened
    boolean searchPrompts(@Nullable Node focused) {
        if (composer.field().equals(focused)) {
            return false;
        }
        composer.focusField();
        composerModel.searchPrompts();
        return true;
    }

    /// What the composer shows over the content of the window.
    List<Node> popups() {
        return composer.popups();
    }

    ComposerView composer() {
        return composer;
    }
}
