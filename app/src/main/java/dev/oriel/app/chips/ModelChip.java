package dev.oriel.app.chips;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.options.AgentModel;
import dev.oriel.app.options.ModelList;
import dev.oriel.app.shell.ComposerOptions;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows the model under the composer, and changes it. The agent is asked for its models when the
/// menu opens.
final class ModelChip extends OptionChip {
    private final ComposerOptions model;
    private final Runnable enterName;

    /// @param enterName asks the user for the name of a model that is not in the list
    ModelChip(ComposerOptions model, Runnable enterName) {
        super("model", "Model", "Shortcut+Shift+I");
        this.model = model;
        this.enterName = enterName;
        model.model().subscribe(_ -> update());
        model.models().subscribe(_ -> update());
        model.hasModel()
                .subscribe(on -> {
                    setVisible(on);
                    setManaged(on);
                });
        setOnShowing(_ -> model.loadModels());
    }

    private void update() {
        String now = model.model().get();
        ModelList list = model.models().get();
        AgentModel known = list.find(now);
        String full = known == null ? now : known.resolved();
        String name = list.name(now);
        showValue(
                new FontIcon(Feather.CPU),
                name,
                full == null || full.equals(name) ? "" : "Full name: " + full);
        updateItems();
    }

    @Override
    List<MenuItem> items() {
        String now = model.model().get();
        ModelList list = model.models().get();
        AgentModel known = list.find(now);
        List<MenuItem> items = new ArrayList<>();
        for (AgentModel m : list.models()) {
            String description = m.description().isEmpty() ? "" : "  –  " + m.description();
            RadioMenuItem item = Controls.radioMenuItem(m.name() + description);
            item.setId("model-" + m.value());
            item.setSelected(m.equals(known));
            item.setOnAction(_ -> {
                model.setModel(m.value());
                // What is selected is the session's model, not the one that was clicked.
                update();
            });
            items.add(item);
        }
        if (known == null && now != null) {
            RadioMenuItem own = Controls.radioMenuItem(now);
            own.setSelected(true);
            own.setOnAction(_ -> update());
            items.add(own);
        }
        switch (list.state()) {
            case ASKED -> {
                if (list.models().isEmpty()) {
                    items.add(note("Asking Claude for its models…"));
                }
            }
            case FAILED -> items.add(note("The models are not known: " + list.problem()));
            case NOT_ASKED -> {
                if (list.models().isEmpty()) {
                    items.add(note("The models are listed once Claude runs"));
                }
            }
            case KNOWN -> {
                // The list is complete.
            }
        }
        MenuItem other = Controls.menuItem("Other model…");
        other.setId("model-other");
        other.setOnAction(_ -> enterName.run());
        items.add(new SeparatorMenuItem());
        items.add(other);
        return items;
    }

    private static MenuItem note(String text) {
        MenuItem note = Controls.menuItem(text);
        note.setDisable(true);
        return note;
    }
}
