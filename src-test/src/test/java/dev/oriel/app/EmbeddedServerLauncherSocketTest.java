package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.settings.SettingsViewModel;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerLauncherSocketTest {
    @TempDir Path folder;

    /// [dev.oriel.app.server.HostedServer] then picks another port.
    @Test
    void aTakenPortIsReported() throws Exception {
        try (var taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var settings =
                    new SettingsViewModel(
                            new JsonFile(folder.resolve("settings.json")), Runnable::run, _ -> {});
            var own =
                    new EmbeddedServerLauncher(folder, settings, "demo", ClaudeCli::new, Map.of());
            assertThatThrownBy(() -> own.start(taken.getLocalPort()))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("Port " + taken.getLocalPort() + " is taken");
        }
    }
}
