package dev.oriel.app.window;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.shell.ComposerOptions;
import dev.oriel.app.shell.PermissionMode;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How much Claude may do without asking, under the field: shows it, and changes it.
final class ModeChip extends MenuButton {
    private static final PseudoClass BOLD = PseudoClass.getPseudoClass("bold");
    private static final PseudoClass UNASKED = PseudoClass.getPseudoClass("unasked");

    private final ComposerOptions model;
    private final Consumer<Runnable> surely;

    /// @param surely asks the person whether Claude may really run everything unasked
    ModeChip(ComposerOptions model, Consumer<Runnable> surely) {
        this.model = model;
        this.surely = surely;
        Controls.withoutMnemonics(this);
        setId("mode");
        getStyleClass().add("chip");
        setTooltip(Controls.tooltip("Permission mode  (Ctrl+Shift+M)"));
        model.mode().subscribe(_ -> update());
        model.modes().subscribe(_ -> update());
    }

    private void update() {
        PermissionMode now = model.mode().get();
        boolean unasked = now == PermissionMode.BYPASS;
        setGraphic(new FontIcon(unasked ? Feather.ALERT_TRIANGLE : Feather.SHIELD));
        Controls.setText(this, now.label());
        setAccessibleText("Permission mode: " + now.label() + ". " + now.description());
        pseudoClassStateChanged(BOLD, now != PermissionMode.MANUAL);
        pseudoClassStateChanged(UNASKED, unasked);
        getItems().clear();
        for (PermissionMode mode : model.modes().get()) {
            if (mode == PermissionMode.BYPASS) {
                getItems().add(new SeparatorMenuItem());
            }
            getItems().add(item(mode, now));
        }
    }

    private RadioMenuItem item(PermissionMode mode, PermissionMode now) {
        RadioMenuItem item = Controls.radioMenuItem(mode.label() + "  –  " + mode.description());
        item.setId("mode-" + mode.wireName());
        item.setSelected(mode == now);
        if (mode == PermissionMode.BYPASS) {
            item.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
            item.getStyleClass().add("unasked");
        }
        item.setOnAction(_ -> {
            if (mode == PermissionMode.BYPASS && now != PermissionMode.BYPASS) {
                surely.accept(() -> model.setMode(mode));
                // What it shows is what the session says, not what was clicked.
                update();
            } else {
                model.setMode(mode);
            }
        });
        return item;
    }
}
