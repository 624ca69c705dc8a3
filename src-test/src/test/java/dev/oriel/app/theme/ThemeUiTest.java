package dev.oriel.app.theme;

import static org.awaitility.Awaitility.await;

import dev.oriel.app.files.JsonFile;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.testing.window.FxThread;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

class ThemeUiTest {
    @TempDir Path folder;

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void aSceneIsCollectedOnceItsThemeIsClosed() {
        WeakReference<Scene> scene = FxThread.on(this::themedAndClosed);
        await().until(() -> {
            System.gc();
            return scene.get() == null;
        });
    }

    private WeakReference<Scene> themedAndClosed() {
        SettingsViewModel settings =
                new SettingsViewModel(
                        new JsonFile(folder.resolve("settings.json")), Runnable::run, _ -> {});
        Scene scene = new Scene(new Pane());
        try (Theme theme = new Theme(settings)) {
            theme.apply(scene);
        }
        return new WeakReference<>(scene);
    }
}
