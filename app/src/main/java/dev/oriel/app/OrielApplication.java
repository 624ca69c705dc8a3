package dev.oriel.app;

import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX life cycle; what it starts and ends stands in [Wiring].
public final class OrielApplication extends Application {
    private @Nullable Wiring wiring;

    @Override
    public void start(Stage stage) {
        wiring = new Wiring(AppPaths.ofSystem(), LaunchOptions.ofSystem());
        wiring.open(stage);
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }
}
