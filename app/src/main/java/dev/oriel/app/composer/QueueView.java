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

/// The prompts that wait, one card each, the next one lowest, nearest to the field.
final class QueueView extends VBox {
    private final ComposerViewModel model;
    private final Runnable toField;

    /// @param toField puts the cursor into the field: whatever is done to a card, the card and its
    ///   buttons go away with it
    QueueView(ComposerViewModel model, Runnable toField) {
        this.model = model;
        this.toField = toField;
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

    /// A stop has held what waits.
    private HBox held() {
        int n = model.queue().size();
        Label text =
                Controls.label(
                        n == 1
                                ? "This message waits until you go on."
                                : "These " + n + " messages wait until you go on.");
        text.getStyleClass().add("quiet");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button goOn = Controls.button("Continue");
        goOn.setId("continue-queue");
        goOn.setMinWidth(USE_PREF_SIZE);
        goOn.setOnAction(_ -> {
            toField.run();
            model.resumeQueue();
        });
        HBox row = new HBox(8, new DecorativeIcon(Feather.PAUSE), text, goOn);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("queued", "queue-held");
        return row;
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
                        new DecorativeIcon(prompt.sent() ? Feather.CLOCK : Feather.UPLOAD_CLOUD),
                        text,
                        state,
                        action("Edit", Feather.EDIT_2, () -> model.edit(prompt, toField)),
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
            toField.run();
            action.run();
        });
        return button;
    }
}
