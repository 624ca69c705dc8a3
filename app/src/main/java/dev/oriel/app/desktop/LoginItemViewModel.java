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
public final class LoginItemViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(LoginItemViewModel.class);
    private static final LoginItemState NOT_INSTALLED =
            new LoginItemState.Unavailable(
                    "Only an Oriel that was installed from a package can do this.");

    private final Optional<LoginItem> system;
    private final Executor background;
    private final Executor fx;
    private final Consumer<String> trouble;
    private final ReadOnlyObjectWrapper<LoginItemState> state;

    /// @param system empty where nothing is installed that could be started
    /// @param background one thread: what is asked last is answered last
    /// @param trouble hears sentences for the person
    public LoginItemViewModel(
            Optional<LoginItem> system,
            Executor background,
            Executor fx,
            Consumer<String> trouble) {
        this.system = system;
        this.background = background;
        this.fx = fx;
        this.trouble = trouble;
        this.state =
                new ReadOnlyObjectWrapper<>(
                        system.isEmpty() ? NOT_INSTALLED : new LoginItemState.Loading());
    }

    /// Asks the system anew: somebody may have changed it there.
    public void load() {
        system.ifPresent(start -> background.execute(() -> publish(start)));
    }

    public void setOn(boolean on) {
        system.ifPresent(start -> {
            state.set(new LoginItemState.Loading());
            background.execute(() -> {
                try {
                    start.setOn(on);
                } catch (IOException e) {
                    LOG.warn("What is opened at login could not be changed", e);
                    fx.execute(() ->
                            trouble.accept(
                                    "The system did not take what is opened when"
                                            + " you log in."));
                }
                publish(start);
            });
        });
    }

    private void publish(LoginItem start) {
        LoginItemState found = read(start);
        fx.execute(() -> state.set(found));
    }

    private static LoginItemState read(LoginItem start) {
        try {
            return new LoginItemState.Known(start.isOn());
        } catch (IOException e) {
            LOG.warn("What is opened at login could not be read", e);
            return new LoginItemState.Unavailable(
                    "The system does not say what is opened at login.");
        }
    }

    public ReadOnlyObjectProperty<LoginItemState> state() {
        return state.getReadOnlyProperty();
    }
}
