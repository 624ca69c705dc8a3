package dev.oriel.app;

import dev.oriel.app.desktop.Doorbell;
import dev.oriel.app.fx.FxLane;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The JavaFX life cycle; what it starts and ends stands in [Wiring].
public final class OrielApplication extends Application {
    private final FxLane fx = new FxLane();
    private @Nullable Wiring wiring;

    @Override
    public void start(Stage stage) {
        List<String> words = getParameters().getRaw();
        AppPaths paths = AppPaths.ofSystem();
        Optional<Doorbell> bell = Doorbell.hang(paths.state(), this::rung);
        if (bell.isEmpty() && Doorbell.ring(paths.state(), words)) {
            // Two started at the same time, and the other one was first.
            Platform.exit();
            return;
        }
        OrielCommand command = OrielCommand.read(words.toArray(String[]::new)).orElseThrow();
        Wiring parts = new Wiring(paths, LaunchOptions.of(command));
        bell.ifPresent(parts::endsFirst);
        wiring = parts;
        // JavaFX does not call `stop` when the system ends the process.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("oriel-end").unstarted(parts::close));
        parts.open(stage);
    }

    /// On the bell's thread. What is posted waits until the window is open.
    private boolean rung(List<String> words) {
        Optional<Opening> asked = OrielCommand.heard(words.toArray(String[]::new));
        asked.ifPresent(opening ->
                fx.post(() -> {
                    if (wiring != null) {
                        wiring.comeToFront(opening);
                    }
                }));
        return asked.isPresent();
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }
}
