package dev.oriel.app.desktop;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.controls.Controls;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The control of the setting "Open Oriel when I log in". It reads the system's state whenever it
/// is added to a scene.
public final class LoginItemSetting extends VBox {
    private final CheckBox box = Controls.checkBox("Open Oriel when I log in");
    private final Label reason = Controls.label();
    private final DisabledReason container = new DisabledReason(box);
    private Subscription subscription = Subscription.EMPTY;

    public LoginItemSetting(LoginItemViewModel model) {
        super(4);
        box.setId("setting-login");
        box.setOnAction(_ -> model.setOn(box.isSelected()));
        StackPane.setAlignment(box, Pos.CENTER_LEFT);
        reason.setId("setting-login-why");
        Controls.wrapping(reason);
        reason.getStyleClass().add("quiet");
        reason.managedProperty().bind(reason.textProperty().isNotEmpty());
        getChildren().addAll(container, reason);
        sceneProperty()
                .subscribe(scene -> {
                    subscription.unsubscribe();
                    if (scene == null) {
                        subscription = Subscription.EMPTY;
                    } else {
                        subscription = model.state().subscribe(this::show);
                        model.load();
                    }
                });
    }

    private void show(LoginItemState state) {
        switch (state) {
            // The box keeps its value and the focus while the state is loading.
            case LoginItemState.Loading _ -> setReason("");
            case LoginItemState.Known(boolean on) -> {
                setReason("");
                box.setSelected(on);
            }
            case LoginItemState.Unavailable(String text) -> {
                setReason(text);
                box.setSelected(false);
            }
        }
    }

    private void setReason(String text) {
        Controls.setText(reason, text);
        container.reasonProperty().set(text);
    }
}
