package dev.oriel.app.composer;

import dev.oriel.app.access.SilentIcon;
import dev.oriel.app.controls.Controls;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The prompts that wait, one card each, the next one lowest, nearest to the field.
final class QueueView extends VBox {
    private final ComposerViewModel model;

    QueueView(ComposerViewModel model) {
        this.model = model;
        getStyleClass().add("queue");
        model.queue().addListener((ListChangeListener<QueuedPrompt>) _ -> fill());
        fill();
    }

    private void fill() {
        getChildren().setAll(model.queue().stream().map(this::card).toList());
        setManaged(!getChildren().isEmpty());
        setVisible(!getChildren().isEmpty());
    }

    private HBox card(QueuedPrompt prompt) {
        Label text = Controls.label(prompt.text().strip().replace('\n', ' '));
        text.getStyleClass().add("queued-text");
        text.setTextOverrun(OverrunStyle.ELLIPSIS);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setTooltip(Controls.tooltip(prompt.text()));
        HBox.setHgrow(text, Priority.ALWAYS);
        Label state = Controls.label(prompt.sent() ? "Queued" : "Not sent yet");
        state.getStyleClass().add("quiet");
        state.setMinWidth(USE_PREF_SIZE);
        HBox card =
                new HBox(
                        8,
                        new SilentIcon(prompt.sent() ? Feather.CLOCK : Feather.UPLOAD_CLOUD),
                        text,
                        state,
                        action("Edit", Feather.EDIT_2, () -> model.edit(prompt)),
                        action("Delete", Feather.X, () -> model.remove(prompt)));
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("queued");
        return card;
    }

    private static Button action(String name, Feather icon, Runnable action) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setAccessibleText(name + " queued message");
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("ghost");
        button.setOnAction(_ -> action.run());
        return button;
    }
}
