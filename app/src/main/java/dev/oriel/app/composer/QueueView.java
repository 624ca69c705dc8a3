package dev.oriel.app.composer;

import dev.oriel.app.access.DecorativeIcon;
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

/// The prompts that wait, one card each.
final class QueueView extends VBox {
    private final ComposerViewModel model;
    private final Runnable focusField;

    /// @param focusField moves the focus to the text area, because the button that was pressed
    ///   disappears with its card
    QueueView(ComposerViewModel model, Runnable focusField) {
        this.model = model;
        this.focusField = focusField;
        getStyleClass().add("queue");
        model.queue().addListener((ListChangeListener<QueuedPrompt>) _ -> fill());
        model.held().subscribe(_ -> fill());
        fill();
    }

    private void fill() {
        getChildren().setAll(model.queue().stream().map(this::card).toList());
        if (model.held().get()) {
            getChildren().add(held());
        }
        setManaged(!getChildren().isEmpty());
        setVisible(!getChildren().isEmpty());
    }

    /// The row under held prompts.
    private HBox held() {
        int n = model.queue().size();
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
            model.resumeQueue();
        });
        HBox row = new HBox(8, new DecorativeIcon(Feather.PAUSE), text, goOn);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("queued", "queue-held");
        return row;
    }

    private HBox card(QueuedPrompt prompt) {
        Label text = Controls.label(prompt.summary());
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
                        new DecorativeIcon(prompt.sent() ? Feather.CLOCK : Feather.UPLOAD_CLOUD),
                        text,
                        state,
                        action("Edit", Feather.EDIT_2, () -> model.edit(prompt, focusField)),
                        action("Delete", Feather.X, () -> model.remove(prompt)));
        card.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().add("queued");
        return card;
    }

    private Button action(String name, Feather icon, Runnable action) {
        Button button = Controls.button(null, new FontIcon(icon));
        button.setAccessibleText(name + " queued message");
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("ghost");
        button.setOnAction(_ -> {
            focusField.run();
            action.run();
        });
        return button;
    }
}
