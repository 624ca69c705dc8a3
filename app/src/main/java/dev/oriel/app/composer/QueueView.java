package dev.oriel.app.composer;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The prompts that wait, one card each. A focused card is moved with Alt+Up and Alt+Down, and any
/// card with the mouse.
final class QueueView extends VBox {
    private final QueueViewModel model;
    private final ReadOnlyObjectProperty<TurnState> turn;
    private final Runnable focusField;

    /// Shows where a card would be dropped.
    private final Region marker = new Region();

    private List<QueueCard> cards = List.of();

    /// @param focusField moves the focus to the text area, because the button that was pressed
    ///   disappears with its card
    QueueView(QueueViewModel model, ReadOnlyObjectProperty<TurnState> turn, Runnable focusField) {
        this.model = model;
        this.turn = turn;
        this.focusField = focusField;
        marker.setManaged(false);
        marker.setMouseTransparent(true);
        marker.setVisible(false);
        marker.setId("queue-marker");
        marker.getStyleClass().add("queue-marker");
        getStyleClass().add("queue");
        model.prompts().addListener((ListChangeListener<QueuedPrompt>) _ -> fill());
        model.held().subscribe(_ -> fill());
        turn.subscribe(now -> cards.forEach(card -> card.updateTurn(now)));
        fill();
    }

    private void fill() {
        String focused = focusedPrompt();
        // A card that is dragged must stay the same when another prompt leaves the queue.
        Map<QueuedPrompt, QueueCard> before = new HashMap<>();
        cards.forEach(card -> before.put(card.prompt(), card));
        List<QueueCard> now = new ArrayList<>();
        for (QueuedPrompt prompt : model.prompts()) {
            QueueCard known = before.get(prompt);
            now.add(
                    known == null
                            ? new QueueCard(prompt, model, turn.get(), this, focusField)
                            : known);
        }
        cards = List.copyOf(now);
        getChildren().setAll(cards);
        if (model.held().get()) {
            getChildren().add(held());
        }
        setManaged(!getChildren().isEmpty());
        setVisible(!getChildren().isEmpty());
        hideMarker();
        getChildren().add(marker);
        if (focused != null) {
            restoreFocus(focused);
        }
    }

    private @Nullable String focusedPrompt() {
        for (QueueCard card : cards) {
            if (card.isFocused()) {
                return card.prompt().uuid();
            }
        }
        return null;
    }

    /// The focus stays on the card of the same prompt while it is moved.
    private void restoreFocus(String uuid) {
        for (QueueCard card : cards) {
            if (card.prompt().uuid().equals(uuid)) {
                card.requestFocus();
                return;
            }
        }
        focusField.run();
    }

    /// Moves the focus to the card above or below.
    void focusNeighbour(QueueCard of, int by) {
        int to = cards.indexOf(of) + by;
        if (to >= 0 && to < cards.size()) {
            cards.get(to).requestFocus();
        } else if (to >= cards.size()) {
            focusField.run();
        }
    }

    /// The index of a prompt in the queue; -1 if it has left it.
    int indexOf(QueueCard card) {
        return cards.indexOf(card);
    }

    /// The index that a card has if it is dropped with its centre at this height.
    ///
    /// @param y in this view, pixels
    int indexAt(QueueCard dragged, double y) {
        int index = 0;
        for (QueueCard card : cards) {
            double centre = card.getLayoutY() + card.getHeight() / 2;
            if (!card.equals(dragged) && centre < y) {
                index++;
            }
        }
        return index;
    }

    /// Shows between which cards a card would be dropped.
    ///
    /// @param y the centre of the card in this view, pixels
    void showMarker(QueueCard dragged, double y) {
        int to = indexAt(dragged, y);
        List<QueueCard> others = cards.stream().filter(c -> !c.equals(dragged)).toList();
        boolean same = to == cards.indexOf(dragged);
        marker.setVisible(!same && !others.isEmpty());
        if (marker.isVisible()) {
            // With a card after it, the line is above that one; at the end, under the last one.
            double at =
                    to < others.size()
                            ? others.get(to).getBoundsInParent().getMinY() - getSpacing() / 2
                            : others.getLast().getBoundsInParent().getMaxY() + getSpacing() / 2;
            double height = marker.prefHeight(-1);
            marker.resizeRelocate(0, snapPositionY(at - height / 2), getWidth(), height);
        }
    }

    void hideMarker() {
        marker.setVisible(false);
    }

    /// The row under held prompts.
    private HBox held() {
        int n = model.prompts().size();
        Label text =
                Controls.label(
                        n == 1
                                ? "This message waits until you continue."
                                : "These " + n + " messages wait until you continue.");
        text.getStyleClass().add("quiet");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button goOn = Controls.button("Continue");
        goOn.setId("continue-queue");
        goOn.setMinWidth(USE_PREF_SIZE);
        goOn.setOnAction(_ -> {
            focusField.run();
            model.resume();
        });
        HBox row = new HBox(8, new DecorativeIcon(Feather.PAUSE), text, goOn);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("queued", "queue-held");
        return row;
    }
}
