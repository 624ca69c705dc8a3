package dev.oriel.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.files.JsonFile;
import dev.oriel.testing.window.FxThread;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Slider;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

class SettingsViewUiTest {
    @TempDir Path folder;

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void aPanelFollowsTheTextSizeUntilItIsClosed() {
        var model =
                new SettingsViewModel(
                        new JsonFile(folder.resolve("settings.json")), Runnable::run, _ -> {});
        FxThread.run(() -> {
            var panel = new SettingsView(model, Controls.label("login"), () -> {}, () -> {});
            StackPane root = new StackPane(panel);
            new Scene(root);
            root.applyCss();
            Slider size = (Slider) panel.lookup(".slider");
            model.update(s -> s.withTextSize(18));
            assertThat(size.getValue()).isEqualTo(18);
            assertThat(model.current().tools()).isEqualTo(new AgentTools(false, false));
            ((CheckBox) panel.lookup("#setting-sandbox")).fire();
            ((CheckBox) panel.lookup("#setting-web-fetch")).fire();
            assertThat(model.current().tools()).isEqualTo(new AgentTools(true, true));
            root.getChildren().clear();
            model.update(s -> s.withTextSize(20));
            assertThat(size.getValue()).isEqualTo(18);
        });
    }
}
