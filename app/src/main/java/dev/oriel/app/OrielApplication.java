package dev.oriel.app;

import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX life cycle; what it starts and ends stands in [Wiring].
public final class OrielApplication extends Application {
    private @Nullable Wiring wiring;

    @Override
    public void start(Stage stage) {
        OrielCommand command =
                OrielCommand.read(getParameters().getRaw().toArray(String[]::new)).orElseThrow();
        Wiring parts = new Wiring(AppPaths.ofSystem(), LaunchOptions.of(command));
        wiring = parts;
        // JavaFX does not call `stop` when the system ends the process.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("oriel-end").unstarted(parts::close));
        parts.open(stage);
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }
}
