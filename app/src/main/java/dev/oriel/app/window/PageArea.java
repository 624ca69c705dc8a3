package dev.oriel.app.window;

import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.toast.ToastsView;
import dev.oriel.app.updates.UpdatesView;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// The middle of the window: the page of a new session or the open conversation, toasts over it,
/// and the card about updates under it.
public final class PageArea extends VBox {
    /// @param ask the ask that is shown under the page; it gets the room of the updates card
    public PageArea(
            ShellViewModel shell,
            NewSessionView newSession,
            TranscriptHost transcript,
            UpdatesView updates,
            ObservableValue<@Nullable Ask> ask) {
        ScrollPane newSessionPage = new ScrollPane(newSession);
        newSessionPage.setFitToWidth(true);
        newSessionPage.setFitToHeight(true);
        newSessionPage.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        newSessionPage.getStyleClass().add("begin-scroll");
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
                    newSessionPage.setVisible(isNew);
                    transcript.setVisible(!isNew);
                });
        StackPane card = new StackPane(updates);
        ask.subscribe(shown -> {
            card.setVisible(shown == null);
            card.setManaged(shown == null);
        });
        getChildren().addAll(pages, card);
    }
}
