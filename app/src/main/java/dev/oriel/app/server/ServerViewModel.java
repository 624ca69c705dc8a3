package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The view-model of the window's own server and of the server to which the window is connected:
/// its own or another. Confined to the JavaFX thread.
public final class ServerViewModel {
    private final HostedServer own;
    private final RemoteServerStore store;
    private final Executor fx;
    private final WindowConnection window;
    private final RemoteConnector connector;
    private final Consumer<String> onError;

    private final ReadOnlyObjectWrapper<ServerState> state =
            new ReadOnlyObjectWrapper<>(new ServerState.Stopped());
    private final ReadOnlyBooleanWrapper remote = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<ConnectionTarget>> known =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper reached = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper connectionDetail = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper clients = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<ServerKind> kind =
            new ReadOnlyObjectWrapper<>(ServerKind.NATIVE);

    /// @param own the window's own server
    /// @param store the stored servers
    /// @param fx executes on the JavaFX thread
    /// @param window the window's connection
    /// @param onError receives sentences for the user
    public ServerViewModel(
            HostedServer own,
            RemoteServerStore store,
            Executor fx,
            WindowConnection window,
            RemoteConnector connector,
            Consumer<String> onError) {
        this.own = own;
        this.store = store;
        this.fx = fx;
        this.window = window;
        this.connector = connector;
        this.onError = onError;
        known.set(store.known());
    }

    /// Starts the window's own server and connects the window to the server that was chosen last.
    /// Called once, when the window opens.
    public void open() {
        store.chosen().ifPresent(this::connectToRemote);
        start();
    }

    private void connectToRemote(ConnectionTarget other) {
        showRemote(other);
        window.connect(other, () -> store.token(other));
    }

    private void showRemote(ConnectionTarget other) {
        reached.set(false);
        remote.set(true);
        kind.set(other.kind());
        address.set(other.address().toString());
    }

    /// Updates the state of the window's connection.
    ///
    /// @param live whether the server has accepted the window
    /// @param detail one sentence for the user
    public void updateConnection(boolean live, String detail) {
        connectionDetail.set(detail);
        if (live) {
            reached.set(true);
        }
    }

    public void start() {
        if (state.get() instanceof ServerState.Starting
                || state.get() instanceof ServerState.Listening) {
            return;
        }
        state.set(new ServerState.Starting());
        if (!remote.get()) {
            window.expect();
        }
        own.start().thenAcceptAsync(this::onStarted, fx);
    }

    private void onStarted(ServerState outcome) {
        state.set(outcome);
        if (remote.get()) {
            return;
        }
        if (outcome instanceof ServerState.Listening) {
            connectToOwn();
        } else if (outcome instanceof ServerState.Failed(String cause)) {
            window.disconnect(cause);
        }
    }

    private void connectToOwn() {
        ServerLauncher.Running running = own.running();
        if (running != null) {
            ServerAddress local =
                    new ServerAddress(URI.create("http://127.0.0.1:" + running.port()));
            address.set(local.toString());
            kind.set(ServerKind.NATIVE);
            reached.set(false);
            window.connect(new ConnectionTarget(ServerKind.NATIVE, local), running::token);
        }
    }

    /// Stops the window's own server and its agents.
    public void stop() {
        if (own.stop()) {
            state.set(new ServerState.Stopped());
            clients.set(0);
            if (!remote.get()) {
                window.disconnect("You stopped the server of this window.");
            }
        }
    }

    /// The display names of the sessions with a running turn on the window's own server.
    public List<String> busySessions() {
        return own.busySessions();
    }

    /// Connects to another server and then switches the window to it.
    ///
    /// @param addressText the address as the user typed it
    /// @param token empty for the stored token of this server
    /// @param expectedKind null to detect the kind by the address or the server's first message
    /// @param done called on the JavaFX thread with one sentence for the user if the connection
    ///   failed, or with null after the window has switched to the server
    public void connectTo(
            String addressText,
            String token,
            @Nullable ServerKind expectedKind,
            Consumer<@Nullable String> done) {
        connector.connect(
                addressText,
                token,
                expectedKind,
                done,
                (target, client) -> {
                    known.set(store.known());
                    showRemote(target);
                    window.switchTo(client);
                    done.accept(null);
                });
    }

    /// Cancels a pending [#connectTo]; the window keeps its connection.
    public void cancelConnecting() {
        connector.cancel();
    }

    /// Deletes a stored server and its token.
    public void forget(ConnectionTarget server) {
        store.delete(server)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                onError.accept("The list of servers could not be saved.");
                            }
                            known.set(store.known());
                        },
                        fx);
    }

    /// Tries to connect again. Starts the window's own server if the window uses it and it was
    /// stopped.
    public void reconnect() {
        if (remote.get() || own.running() != null) {
            window.reconnect();
        } else {
            start();
        }
    }

    public void useOwnServer() {
        store.useOwnServer()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                onError.accept("The choice of the server could not be saved.");
                            }
                        },
                        fx);
        remote.set(false);
        address.set("");
        if (own.running() != null) {
            connectToOwn();
        } else {
            start();
        }
    }

    /// Updates [#clients()] in the background. Called periodically while the number is shown.
    public void countClients() {
        own.clients().thenAcceptAsync(clients::set, fx);
    }

    /// The token of the window's own server; null while it is not running.
    public @Nullable String token() {
        ServerLauncher.Running running = own.running();
        return running == null ? null : running.token();
    }

    public String lastAddress() {
        return store.lastAddress();
    }

    public ReadOnlyObjectProperty<ServerState> state() {
        return state.getReadOnlyProperty();
    }

    /// Whether the window uses another server than its own.
    public ReadOnlyBooleanProperty remote() {
        return remote.getReadOnlyProperty();
    }

    /// The kind of the server that the window uses.
    public ReadOnlyObjectProperty<ServerKind> kind() {
        return kind.getReadOnlyProperty();
    }

    /// The other servers that the user has connected to, the most recently used first.
    public ReadOnlyObjectProperty<List<ConnectionTarget>> known() {
        return known.getReadOnlyProperty();
    }

    /// Whether the server has accepted the window since the window switched to it.
    public ReadOnlyBooleanProperty reached() {
        return reached.getReadOnlyProperty();
    }

    /// The state of the window's connection, one sentence for the user.
    public ReadOnlyStringProperty connectionDetail() {
        return connectionDetail.getReadOnlyProperty();
    }

    /// The address to which the window is connected or connecting.
    public ReadOnlyStringProperty address() {
        return address.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty clients() {
        return clients.getReadOnlyProperty();
    }
}
