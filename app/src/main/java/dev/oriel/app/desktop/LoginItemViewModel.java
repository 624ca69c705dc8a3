package dev.oriel.app.desktop;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The view-model of the setting "Open Oriel when I log in". Confined to the JavaFX thread; the
/// loginItem's state is read and changed on a background thread.
public final class LoginItemViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(LoginItemViewModel.class);
    private static final LoginItemState NOT_INSTALLED =
            new LoginItemState.Unavailable(
                    "This is only available if Oriel was installed from a package.");

    private final Optional<LoginItem> loginItem;
    private final Executor background;
    private final Executor fx;
    private final Consumer<String> onError;
    private final ReadOnlyObjectWrapper<LoginItemState> state;

    /// @param loginItem empty if Oriel is not installed
    /// @param background a single thread, so that requests are completed in order
    /// @param onError receives sentences for the user, on the JavaFX thread
    public LoginItemViewModel(
            Optional<LoginItem> loginItem,
            Executor background,
            Executor fx,
            Consumer<String> onError) {
        this.loginItem = loginItem;
        this.background = background;
        this.fx = fx;
        this.onError = onError;
        this.state =
                new ReadOnlyObjectWrapper<>(
                        loginItem.isEmpty() ? NOT_INSTALLED : new LoginItemState.Loading());
    }

    /// Reads the system's state, which may have been changed outside Oriel.
    public void load() {
        loginItem.ifPresent(item -> background.execute(() -> publish(item)));
    }

    public void setOn(boolean on) {
        loginItem.ifPresent(item -> {
            state.set(new LoginItemState.Loading());
            background.execute(() -> {
                try {
                    item.setOn(on);
                } catch (IOException e) {
                    LOG.warn("Cannot change the login item", e);
                    fx.execute(() ->
                            onError.accept(
                                    "Could not change whether Oriel opens when you log in."));
                }
                publish(item);
            });
        });
    }

    private void publish(LoginItem item) {
        LoginItemState current = read(item);
        fx.execute(() -> state.set(current));
    }

    private static LoginItemState read(LoginItem item) {
        try {
            return new LoginItemState.Known(item.isOn());
        } catch (IOException e) {
            LOG.warn("Cannot read the login item", e);
            return new LoginItemState.Unavailable(
                    "Could not read whether Oriel opens when you log in.");
        }
    }

    public ReadOnlyObjectProperty<LoginItemState> state() {
        return state.getReadOnlyProperty();
    }
}
