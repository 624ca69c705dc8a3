package dev.oriel.app.window;

import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.keyboard.FocusRegions;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.toast.ToastsView;
import dev.oriel.app.updates.UpdatesView;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// The middle of the window: the page of a new session or the open conversation, toasts over it,
/// and the card about updates under it.
public final class PageArea extends VBox {
    private @Nullable ScrollPane firstRunPage;

    /// @param firstRun creates the page in place of that of a new session; called once, when it is
    ///   to be shown
    /// @param ask the ask that is shown under the page; it gets the room of the updates card
    public PageArea(
            ShellViewModel shell,
            NewSessionView newSession,
            TranscriptHost transcript,
            UpdatesView updates,
            ObservableValue<@Nullable Ask> ask,
            ObservableValue<Boolean> firstRunShown,
            Supplier<? extends Region> firstRun) {
        ScrollPane newSessionPage = scrolling(newSession);
        shell.conversation().subscribe(transcript::show);
        StackPane pages = new StackPane(transcript, newSessionPage, new ToastsView(shell.toasts()));
        // In a very low window an ask and the composer matter more than the page.
        pages.setMinHeight(0);
        VBox.setVgrow(pages, Priority.ALWAYS);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(pages.widthProperty());
        clip.heightProperty().bind(pages.heightProperty());
        pages.setClip(clip);
        shell.page()
                .subscribe(page -> {
                    boolean isNew = page instanceof WindowPage.NewSession;
                    newSessionPage.setVisible(isNew && !firstRunShown.getValue());
                    transcript.setVisible(!isNew);
                });
        firstRunShown.subscribe(shown -> {
            if (shown && firstRunPage == null) {
                firstRunPage = scrolling(firstRun.get());
                pages.getChildren().add(1, firstRunPage);
            }
            if (firstRunPage != null) {
                firstRunPage.setVisible(shown);
            }
            newSessionPage.setVisible(
                    !shown && shell.page().get() instanceof WindowPage.NewSession);
        });
        StackPane card = new StackPane(updates);
        ask.subscribe(shown -> {
            card.setVisible(shown == null);
            card.setManaged(shown == null);
        });
        getChildren().addAll(pages, card);
    }

    /// Moves the focus to the first control of the page in place of that of a new session.
    public void focusFirst() {
        if (firstRunPage != null && firstRunPage.isVisible()) {
            // The content gets into the scene together with the skin of the scroll pane.
            firstRunPage.applyCss();
            FocusRegions.firstFocusable(firstRunPage.getContent()).ifPresent(Node::requestFocus);
        }
    }

    private static ScrollPane scrolling(Region page) {
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("begin-scroll");
        return scroll;
    }
}
