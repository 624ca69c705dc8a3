package dev.oriel.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.composer.SendKey;
import dev.oriel.app.files.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsViewModelTest {
    @TempDir Path folder;

    private final List<String> errors = new ArrayList<>();
    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("settings.json");
    }

    private SettingsViewModel settings() {
        return new SettingsViewModel(new JsonFile(file), Runnable::run, errors::add);
    }

    @Test
    void areRestoredAfterARestart() {
        settings().update(s -> s.withTheme(ThemeChoice.DARK).withSendKey(SendKey.CTRL_ENTER));
        settings().update(s -> s.withTools(new AgentTools(true, true)));
        assertThat(settings().current().tools()).isEqualTo(new AgentTools(true, true));
        assertThat(settings().current().theme()).isEqualTo(ThemeChoice.DARK);
        assertThat(settings().current().sendKey()).isEqualTo(SendKey.CTRL_ENTER);
    }

    @Test
    void renameAnUnreadableFile() throws Exception {
        Files.writeString(file, "{\"theme\": \"da");
        SettingsViewModel settings = settings();
        assertThat(settings.current()).isEqualTo(Settings.DEFAULTS);
        settings.update(s -> s.withTextSize(18));
        assertThat(folder.resolve("settings.json.unreadable")).hasContent("{\"theme\": \"da");
        assertThat(settings().current().textSize()).isEqualTo(18);
    }

    @Test
    void keepMembersOfANewerVersion() throws Exception {
        Files.writeString(file, "{\"theme\": \"sepia\", \"minimap\": true}");
        SettingsViewModel settings = settings();
        assertThat(settings.current().theme()).isEqualTo(ThemeChoice.SYSTEM);
        settings.update(s -> s.withReducedMotion(true));
        assertThat(Files.readString(file)).contains("\"minimap\" : true");
    }

    @Test
    void zoomWithinTheLimits() {
        SettingsViewModel settings = settings();
        for (int i = 0; i < 50; i++) {
            settings.zoom(1);
        }
        assertThat(settings.current().textSize()).isEqualTo(Settings.MAX_TEXT_SIZE);
        settings.zoom(0);
        assertThat(settings.current().textSize()).isEqualTo(Settings.DEFAULT_TEXT_SIZE);
    }

    @Test
    void reportThatTheyCannotBeSaved() throws Exception {
        Files.writeString(folder.resolve("no-folder"), "");
        file = folder.resolve("no-folder").resolve("settings.json");
        settings().update(s -> s.withTextSize(18));
        assertThat(errors).hasSize(1);
    }
}
