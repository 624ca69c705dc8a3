package dev.oriel.app.desktop;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The setting "Open Oriel when I log in": as the system has it, each time it is shown.
public final class LoginItemSetting extends VBox {
    private final CheckBox box = Controls.checkBox("Open Oriel when I log in");
    private final Label why = Controls.label();
    private final DisabledReason place = new DisabledReason(box);
    private Subscription following = Subscription.EMPTY;

    public LoginItemSetting(LoginItemViewModel model) {
        super(4);
        box.setId("setting-login");
        box.setOnAction(_ -> model.setOn(box.isSelected()));
        StackPane.setAlignment(box, Pos.CENTER_LEFT);
        why.setId("setting-login-why");
        Controls.wrapping(why);
        why.getStyleClass().add("quiet");
        why.managedProperty().bind(why.textProperty().isNotEmpty());
        getChildren().addAll(place, why);
        sceneProperty()
                .subscribe(scene -> {
                    following.unsubscribe();
                    if (scene == null) {
                        following = Subscription.EMPTY;
                    } else {
                        following = model.state().subscribe(this::show);
                        model.load();
                    }
                });
    }

    private void show(LoginItemState now) {
        switch (now) {
            // It stays as it is, and keeps the keyboard, for the moment this takes.
            case LoginItemState.Loading _ -> reason("");
            case LoginItemState.Known(boolean on) -> {
                reason("");
                box.setSelected(on);
            }
            case LoginItemState.Unavailable(String words) -> {
                reason(words);
                box.setSelected(false);
            }
        }
    }

    private void reason(String words) {
        Controls.setText(why, words);
        place.reasonProperty().set(words);
    }
}
