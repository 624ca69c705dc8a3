package dev.oriel.app;

import dev.oriel.app.fx.FxLane;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX application: it opens a [MainWindow] once the [BackgroundStartup] is done, and closes
/// it when JavaFX stops.
public final class OrielApplication extends Application {
    /// JavaFX creates the object of this class itself, so this cannot be a constructor parameter.
    /// Written before JavaFX is started.
    private static @Nullable BackgroundStartup startup;

    private @Nullable MainWindow window;

    /// Opens the window; returns when it was closed. Once in a process.
    static void launch(BackgroundStartup running) {
        startup = running;
        launch(OrielApplication.class);
    }

    @Override
    public void start(Stage stage) {
        BackgroundStartup running =
                Objects.requireNonNull(startup, "the launcher sets it before JavaFX starts");
        // Waiting for it here would block the JavaFX thread.
        running.context()
                .whenCompleteAsync(
                        (context, failure) -> {
                            if (failure == null) {
                                open(stage, running, context);
                            } else {
                                Platform.exit();
                            }
                        },
                        new FxLane());
    }

    private void open(Stage stage, BackgroundStartup running, Optional<AppContext> context) {
        try {
            if (context.isPresent()) {
                MainWindow opened = MainWindow.open(context.get(), stage);
                window = opened;
                running.onWindowOpened(opened);
            } else {
                Platform.exit();
            }
        } catch (RuntimeException | Error e) {
            running.onWindowFailed(e);
            Platform.exit();
        }
    }

    @Override
    public void stop() {
        if (window != null) {
            window.close();
        }
    }
}
