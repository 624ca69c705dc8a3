package dev.oriel.app.toast;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the toasts, one card each.
public final class ToastsView extends VBox {
    private final Toasts model;

    public ToastsView(Toasts model) {
        this.model = model;
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setAlignment(Pos.TOP_CENTER);
        model.all().addListener((ListChangeListener<Toasts.Toast>) _ -> fill());
    }

    private void fill() {
        getChildren().setAll(model.all().stream().map(this::card).toList());
    }

    private HBox card(Toasts.Toast toast) {
        boolean error = toast.level() == Toasts.Level.ERROR;
        Label text = Controls.label(toast.text());
        Controls.wrapping(text);
        text.setAccessibleRole(AccessibleRole.TEXT);
        Button close = Controls.button(null, new FontIcon(Feather.X));
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Dismiss");
        close.setOnAction(_ -> model.dismiss(toast));
        HBox card =
                new HBox(
                        8,
                        new DecorativeIcon(error ? Feather.ALERT_TRIANGLE : Feather.INFO),
                        text,
                        close);
        card.setAlignment(Pos.CENTER_LEFT);
        card.setMaxWidth(USE_PREF_SIZE);
        card.getStyleClass().addAll("toast", error ? "trouble" : "word");
        return card;
    }
}
