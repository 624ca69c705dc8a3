package dev.oriel.app.desktop;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The setting "Open Oriel when I log in". Belongs to the JavaFX thread; the system is asked on
/// another.
public final class LoginViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(LoginViewModel.class);
    private static final LoginState NOT_INSTALLED =
            new LoginState.Impossible(
                    "Only an Oriel that was installed from a package can do this.");

    private final Optional<LoginStart> system;
    private final Executor background;
    private final Executor fx;
    private final Consumer<String> trouble;
    private final ReadOnlyObjectWrapper<LoginState> state;

    /// @param system empty where nothing is installed that could be started
    /// @param background one thread: what is asked last is answered last
    /// @param trouble hears sentences for the person
    public LoginViewModel(
            Optional<LoginStart> system,
            Executor background,
            Executor fx,
            Consumer<String> trouble) {
        this.system = system;
        this.background = background;
        this.fx = fx;
        this.trouble = trouble;
        this.state =
                new ReadOnlyObjectWrapper<>(
                        system.isEmpty() ? NOT_INSTALLED : new LoginState.Looking());
    }

    /// Asks the system anew: somebody may have changed it there.
    public void look() {
        system.ifPresent(start -> background.execute(() -> tell(start)));
    }

    public void turn(boolean on) {
        system.ifPresent(start -> {
            state.set(new LoginState.Looking());
            background.execute(() -> {
                try {
                    start.turn(on);
                } catch (IOException e) {
                    LOG.warn("What is opened at login could not be changed", e);
                    fx.execute(() ->
                            trouble.accept(
                                    "The system did not take what is opened when"
                                            + " you log in."));
                }
                tell(start);
            });
        });
    }

    private void tell(LoginStart start) {
        LoginState found = found(start);
        fx.execute(() -> state.set(found));
    }

    private static LoginState found(LoginStart start) {
        try {
            return new LoginState.Known(start.isOn());
        } catch (IOException e) {
            LOG.warn("What is opened at login could not be read", e);
            return new LoginState.Impossible("The system does not say what is opened at login.");
        }
    }

    public ReadOnlyObjectProperty<LoginState> state() {
        return state.getReadOnlyProperty();
    }
}
