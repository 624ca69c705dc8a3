package dev.oriel.app.desktop;

import dev.oriel.app.access.Greyed;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The setting "Open Oriel when I log in": as the system has it, each time it is shown.
public final class LoginSetting extends VBox {
    private final CheckBox box = Controls.checkBox("Open Oriel when I log in");
    private final Label why = Controls.label();
    private final Greyed place = new Greyed(box);
    private Subscription following = Subscription.EMPTY;

    public LoginSetting(LoginViewModel model) {
        super(4);
        box.setId("setting-login");
        box.setOnAction(_ -> model.turn(box.isSelected()));
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
                        model.look();
                    }
                });
    }

    private void show(LoginState now) {
        switch (now) {
            // It stays as it is, and keeps the keyboard, for the moment this takes.
            case LoginState.Looking _ -> reason("");
            case LoginState.Known(boolean on) -> {
                reason("");
                box.setSelected(on);
            }
            case LoginState.Impossible(String words) -> {
                reason(words);
                box.setSelected(false);
            }
        }
    }

    private void reason(String words) {
        Controls.text(why, words);
        place.why().set(words);
    }
}
