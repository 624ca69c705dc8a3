package dev.oriel.app.window;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.settings.SettingsViewModel;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;

/// Changes how much of Claude's work the conversations show. Belongs to the JavaFX thread.
public final class DetailMenu {
    private final SettingsViewModel settings;
    private final Consumer<String> announce;

    /// @param announce receives sentences for a screen reader
    public DetailMenu(SettingsViewModel settings, Consumer<String> announce) {
        this.settings = settings;
        this.announce = announce;
    }

    /// Turns to the next level.
    void cycle() {
        choose(settings.current().reading().detail().next());
    }

    private void choose(DetailLevel level) {
        settings.update(s -> s.withReading(s.reading().withDetail(level)));
        announce.accept("Detail: " + level.label());
    }

    /// The levels as items of a menu.
    public List<MenuItem> menuItems() {
        return List.of(
                item(DetailLevel.SUMMARY), item(DetailLevel.NORMAL), item(DetailLevel.VERBOSE));
    }

    private MenuItem item(DetailLevel level) {
        RadioMenuItem item = Controls.radioMenuItem("Detail: " + level.label());
        item.setSelected(settings.current().reading().detail() == level);
        item.setOnAction(_ -> choose(level));
        return item;
    }
}
