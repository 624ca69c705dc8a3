package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.platform.FutureFailures;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private final RemoteServerStore choice;
    private final Executor fx;
    private final WindowConnection window;
    private final Consumer<String> trouble;
    private final Detector detector;
    private final Connector trial;

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

    /// Counts the attempts of [#connectTo]; what an earlier one brings is not used.
    private long attempt;

    /// Finds out what kind of server stands at an address.
    @FunctionalInterface
    public interface Detector {
        CompletableFuture<ServerKind> detect(ServerAddress at, TokenSource token);
    }

    /// Connects to a server that the window does not show yet; see [TrialConnection].
    @FunctionalInterface
    public interface Connector {
        CompletableFuture<ServerClient> connect(ConnectionTarget server, TokenSource token);
    }

    /// @param window turns the window to a server
    public ServerViewModel(
            HostedServer own,
            RemoteServerStore choice,
            Executor fx,
            WindowConnection window,
            Detector detector,
            Connector trial,
            Consumer<String> trouble) {
        this.own = own;
        this.choice = choice;
        this.fx = fx;
        this.window = window;
        this.detector = detector;
        this.trial = trial;
        this.trouble = trouble;
        known.set(choice.known());
    }

    /// The window opens: our own server starts in any case, and the window turns to the server that
    /// was chosen last.
    public void open() {
        choice.chosen().ifPresent(this::connectToRemote);
        start();
    }

    private void connectToRemote(ConnectionTarget other) {
        showRemote(other);
        window.connect(other, () -> choice.token(other));
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
        cancelConnecting();
        ServerAddress other;
        try {
            other = ServerAddress.parse(typed);
        } catch (InvalidAddressException e) {
            done.accept(e.getMessage());
            return;
        }
        TokenSource credential =
                () -> token.isBlank() ? choice.token(other, wanted) : token.strip();
        long mine = attempt;
        CompletableFuture<ServerKind> detected =
                wanted == null
                        ? detector.detect(other, credential)
                        : CompletableFuture.completedFuture(wanted);
        detected.thenComposeAsync(
                        found -> {
                            ConnectionTarget target = new ConnectionTarget(found, other);
                            return trial.connect(target, credential)
                                    .thenApply(client -> new Connected(target, client));
                        },
                        fx)
                .whenCompleteAsync(
                        (connected, failure) -> {
                            if (mine != attempt) {
                                // Cancelled, or replaced by another attempt.
                                if (connected != null) {
                                    connected.client.close();
                                }
                            } else if (connected == null) {
                                done.accept(other + ": " + FutureFailures.message(failure));
                            } else {
                                onConnected(connected, credential, done);
                            }
                        },
                        fx);
    }

    /// A server that has replied.
    private record Connected(ConnectionTarget target, ServerClient client) {}

    /// Gives up an attempt of [#connectTo] that has not ended; the window stays where it is.
    public void cancelConnecting() {
        attempt++;
    }

    /// From here on it can no longer be cancelled.
    private void onConnected(
            Connected connected, TokenSource credential, Consumer<@Nullable String> done) {
        choice.save(connected.target, credential)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                connected.client.close();
                                done.accept("The address and the token could not be saved.");
                                return;
                            }
                            known.set(choice.known());
                            showRemote(connected.target);
                            window.switchTo(connected.client);
                            done.accept(null);
                        },
                        fx);
    }

    /// Forgets a server and its token.
    public void forget(ConnectionTarget server) {
        choice.delete(server)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                trouble.accept("The list of servers could not be saved.");
                            }
                            known.set(choice.known());
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
        choice.useOwnServer()
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                trouble.accept("The choice of the server could not be saved.");
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
        return choice.lastAddress();
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
