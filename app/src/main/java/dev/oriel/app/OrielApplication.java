package dev.oriel.app;

import java.util.Objects;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX life cycle; what it starts and ends stands in [Wiring].
public final class OrielApplication extends Application {
    /// Waits here for the object that JavaFX makes of this class by itself. Written before JavaFX
    /// is started.
    private static @Nullable BackgroundStartup startup;

    private @Nullable Wiring wiring;

    /// Returns when the window has ended. Once in a process.
    static void launch(BackgroundStartup headStart) {
        startup = headStart;
        launch(OrielApplication.class);
    }

    @Override
    public void start(Stage stage) {
        BackgroundStartup headStart = Objects.requireNonNull(startup, "started by the launcher");
        Optional<AppContext> ground = headStart.context();
        if (ground.isEmpty()) {
            Platform.exit();
            return;
        }
        Wiring parts = new Wiring(ground.get());
        wiring = parts;
        parts.open(stage);
        headStart.onWindowOpened(parts);
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }
}
