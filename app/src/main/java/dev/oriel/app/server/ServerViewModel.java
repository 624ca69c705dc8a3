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

/// The server of this window, and which server the window looks at: its own or another. Belongs to
/// the JavaFX thread.
public final class ServerViewModel {
    private final HostedServer own;
    private final RemoteServerStore store;
    private final Executor fx;
    private final WindowConnection window;
    private final RemoteConnector connector;
    private final Consumer<String> errors;

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

    /// @param window turns the window to a server
    public ServerViewModel(
            HostedServer own,
            RemoteServerStore store,
            Executor fx,
            WindowConnection window,
            RemoteConnector connector,
            Consumer<String> errors) {
        this.own = own;
        this.store = store;
        this.fx = fx;
        this.window = window;
        this.connector = connector;
        this.errors = errors;
        known.set(store.known());
    }

    /// The window opens: our own server starts in any case, and the window turns to the server that
    /// was chosen last.
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

    /// Takes over how the window's connection stands.
    ///
    /// @param live whether the server has let the window in
    /// @param words one sentence
    public void updateConnection(boolean live, String words) {
        connectionDetail.set(words);
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
        own.start().thenAcceptAsync(this::onStarted, fx);
    }

    private void onStarted(ServerState outcome) {
        state.set(outcome);
        if (outcome instanceof ServerState.Listening && !remote.get()) {
            connectToOwn();
        }
    }

    private void connectToOwn() {
        ServerLauncher.Running runs = own.running();
        if (runs != null) {
            ServerAddress here = new ServerAddress(URI.create("http://127.0.0.1:" + runs.port()));
            address.set(here.toString());
            kind.set(ServerKind.NATIVE);
            reached.set(false);
            window.connect(new ConnectionTarget(ServerKind.NATIVE, here), runs::token);
        }
    }

    /// Ends our own server; its agents end with it.
    public void stop() {
        if (own.stop()) {
            state.set(new ServerState.Stopped());
            clients.set(0);
            if (!remote.get()) {
                window.disconnect("You stopped the server of this window.");
            }
        }
    }

    /// The sessions of our own server that an agent works on right now, each named for the user.
    public List<String> busySessions() {
        return own.busySessions();
    }

    /// Turns the window to another server, once it has answered.
    ///
    /// @param token empty for the one that is kept for this server
    /// @param wanted null to find out by its address, or by what it says first
    /// @param done called on the JavaFX thread: what is wrong, one sentence for the user, or null
    ///   once the window has turned to the server
    public void connectTo(
            String typed,
            String token,
            @Nullable ServerKind wanted,
            Consumer<@Nullable String> done) {
        connector.connect(
                typed,
                token,
                wanted,
                done,
                (target, client) -> {
                    known.set(store.known());
                    showRemote(target);
                    window.switchTo(client);
                    done.accept(null);
                });
    }

    /// Gives up an attempt of [#connectTo] that is under way; the window stays where it is.
    public void cancelConnecting() {
        connector.cancel();
    }

    /// Forgets a server and its token.
    public void forget(ConnectionTarget server) {
        store.delete(server)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                errors.accept("The list of servers could not be saved.");
                            }
                            known.set(store.known());
                        },
                        fx);
    }

    /// Tries the connection again; where it is our own server that was stopped, starts it.
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
                                errors.accept("The choice of the server could not be saved.");
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

    /// Looks how many clients are connected; for as long as somebody watches.
    public void countClients() {
        own.clients().thenAcceptAsync(clients::set, fx);
    }

    /// Our own server's token, for another program; null while it does not run.
    public @Nullable String token() {
        ServerLauncher.Running runs = own.running();
        return runs == null ? null : runs.token();
    }

    public String lastAddress() {
        return store.lastAddress();
    }

    public ReadOnlyObjectProperty<ServerState> state() {
        return state.getReadOnlyProperty();
    }

    /// Whether the window looks at another server than its own.
    public ReadOnlyBooleanProperty remote() {
        return remote.getReadOnlyProperty();
    }

    /// What kind of server the window looks at.
    public ReadOnlyObjectProperty<ServerKind> kind() {
        return kind.getReadOnlyProperty();
    }

    /// The other servers that were connected to, the last one first.
    public ReadOnlyObjectProperty<List<ConnectionTarget>> known() {
        return known.getReadOnlyProperty();
    }

    /// Whether the server that the window shows has let it in since the window turned to it.
    public ReadOnlyBooleanProperty reached() {
        return reached.getReadOnlyProperty();
    }

    /// How the connection to that server stands, one sentence.
    public ReadOnlyStringProperty connectionDetail() {
        return connectionDetail.getReadOnlyProperty();
    }

    /// Where the window is connected, or wants to be.
    public ReadOnlyStringProperty address() {
        return address.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty clients() {
        return clients.getReadOnlyProperty();
    }
}
