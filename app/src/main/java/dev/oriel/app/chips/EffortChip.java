package dev.oriel.app.chips;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.options.EffortLevel;
import dev.oriel.app.options.ThinkingChoice;
import dev.oriel.app.shell.ComposerOptions;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows under the composer how much Claude thinks, and changes it. Hidden for a model that has no
/// such choice.
final class EffortChip extends OptionChip {
    private static final PseudoClass BOLD = PseudoClass.getPseudoClass("bold");

    private final ComposerOptions model;

    EffortChip(ComposerOptions model) {
        super("effort", "Effort", "Shortcut+Shift+E");
        this.model = model;
        model.effort().subscribe(_ -> update());
        model.thinkingTokens().subscribe(_ -> update());
        model.models().subscribe(_ -> update());
        model.model().subscribe(_ -> update());
        model.hasModel().subscribe(_ -> update());
        setOnShowing(_ -> model.loadModels());
    }

    private void update() {
        ThinkingChoice choice = model.models().get().thinking(model.model().get());
        boolean shown = model.hasModel().get() && !(choice instanceof ThinkingChoice.None);
        setVisible(shown);
        setManaged(shown);
        switch (choice) {
            case ThinkingChoice.Levels _ -> {
                String now = model.effort().get();
                show(
                        now == null ? EffortLevel.DEFAULT : EffortLevel.name(now),
                        now == null ? "" : "Claude " + EffortLevel.description(now) + ".",
                        now != null);
            }
            case ThinkingChoice.Budget _ -> {
                Integer now = model.thinkingTokens().get();
                show(
                        now == null ? "Default thinking" : EffortLevel.budgetName(now),
                        "",
                        now != null);
            }
            case ThinkingChoice.None _ -> {
                // It is hidden.
            }
        }
        updateItems();
    }

    @Override
    List<MenuItem> items() {
        List<MenuItem> items = new ArrayList<>();
        switch (model.models().get().thinking(model.model().get())) {
            case ThinkingChoice.Levels(List<String> levels) -> {
                String now = model.effort().get();
                items.add(levelItem(null, now));
                levels.forEach(level -> items.add(levelItem(level, now)));
                if (now != null && !levels.contains(now)) {
                    items.add(levelItem(now, now));
                }
            }
            case ThinkingChoice.Budget(List<Integer> limits) -> {
                Integer now = model.thinkingTokens().get();
                items.add(budgetItem(null, now));
                limits.forEach(limit -> items.add(budgetItem(limit, now)));
                if (now != null && !limits.contains(now)) {
                    items.add(budgetItem(now, now));
                }
            }
            case ThinkingChoice.None _ -> {
                // It is hidden.
            }
        }
        return items;
    }

    private void show(String value, String detail, boolean chosen) {
        showValue(new FontIcon(Feather.ACTIVITY), value, detail);
        pseudoClassStateChanged(BOLD, chosen);
    }

    private RadioMenuItem levelItem(@Nullable String level, @Nullable String now) {
        String description = level == null ? "what the model does by itself" : description(level);
        RadioMenuItem item =
                Controls.radioMenuItem(
                        (level == null ? EffortLevel.DEFAULT : EffortLevel.name(level))
                                + (description.isEmpty() ? "" : "  –  " + description));
        item.setId("effort-" + (level == null ? "default" : level));
        item.setSelected(level == null ? now == null : level.equals(now));
        item.setOnAction(_ -> {
            model.setEffort(level);
            update();
        });
        return item;
    }

    private static String description(String level) {
        return EffortLevel.description(level);
    }

    private RadioMenuItem budgetItem(@Nullable Integer limit, @Nullable Integer now) {
        RadioMenuItem item =
                Controls.radioMenuItem(
                        limit == null
                                ? "Default thinking  –  what the model does by itself"
                                : EffortLevel.budgetName(limit));
        item.setId("effort-" + (limit == null ? "default" : limit));
        item.setSelected(limit == null ? now == null : limit.equals(now));
        item.setOnAction(_ -> {
            model.setThinkingTokens(limit);
            update();
        });
        return item;
    }
}
