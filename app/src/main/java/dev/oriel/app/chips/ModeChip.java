package dev.oriel.app.chips;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.shell.ComposerOptions;
import dev.oriel.app.shell.PermissionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the permission mode under the composer, and changes it.
final class ModeChip extends OptionChip {
    private static final PseudoClass BOLD = PseudoClass.getPseudoClass("bold");
    private static final PseudoClass BYPASS = PseudoClass.getPseudoClass("unasked");

    private final ComposerOptions model;
    private final Consumer<Runnable> confirmBypass;

    /// @param confirmBypass asks the user to confirm [PermissionMode#BYPASS], and runs its argument
    ///   if they do
    ModeChip(ComposerOptions model, Consumer<Runnable> confirmBypass) {
        super("mode", "Permission mode", "Shortcut+Shift+M");
        this.model = model;
        this.confirmBypass = confirmBypass;
        model.mode().subscribe(_ -> update());
        model.modes().subscribe(_ -> update());
    }

    private void update() {
        PermissionMode now = model.mode().get();
        boolean bypass = now == PermissionMode.BYPASS;
        showValue(
                new FontIcon(bypass ? Feather.ALERT_TRIANGLE : Feather.SHIELD),
                now.label(),
                now.description());
        pseudoClassStateChanged(BOLD, now != PermissionMode.MANUAL);
        pseudoClassStateChanged(BYPASS, bypass);
        updateItems();
    }

    @Override
    List<MenuItem> items() {
        List<MenuItem> items = new ArrayList<>();
        for (PermissionMode mode : model.modes().get()) {
            if (mode == PermissionMode.BYPASS) {
                items.add(new SeparatorMenuItem());
            }
            items.add(item(mode, model.mode().get()));
        }
        return items;
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
                confirmBypass.accept(() -> model.setMode(mode));
            } else if (mode != PermissionMode.OTHER) {
                model.setMode(mode);
            }
            // The mode that is shown is the session's, not the one that was clicked.
            update();
        });
        return item;
    }
}
