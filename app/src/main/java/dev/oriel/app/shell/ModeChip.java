package dev.oriel.app.shell;

import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How much Claude may do without asking, under the field: shows it, and changes it.
final class ModeChip extends MenuButton {
    private static final List<Mode> OFFERED = List.of(Mode.MANUAL, Mode.ACCEPT_EDITS, Mode.PLAN);

    private final ShellViewModel model;

    ModeChip(ShellViewModel model) {
        this.model = model;
        setId("mode");
        getStyleClass().add("chip");
        setTooltip(new Tooltip("Permission mode  (Ctrl+Shift+M)"));
        setGraphic(new FontIcon(Feather.SHIELD));
        model.header().subscribe(_ -> shown());
        model.page().subscribe(_ -> shown());
        model.draft().mode().subscribe(_ -> shown());
    }

    private void shown() {
        Mode now =
                model.page().get() instanceof Page.Begin
                        ? model.draft().mode().get()
                        : model.header().get().mode();
        setText(now.label());
        setAccessibleText("Permission mode: " + now.label() + ". " + now.meaning());
        pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("bold"), now != Mode.MANUAL);
        getItems()
                .setAll(
                        OFFERED.stream()
                                .map(m -> {
                                    RadioMenuItem item =
                                            new RadioMenuItem(m.label() + "  –  " + m.meaning());
                                    item.setSelected(m == now);
                                    item.setOnAction(_ -> model.mode(m));
                                    return item;
                                })
                                .toList());
    }
}
