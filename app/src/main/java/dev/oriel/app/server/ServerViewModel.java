package dev.oriel.app.server;

import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.Kind;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.Target;
import dev.oriel.client.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
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
    private final Hosting own;
    private final RemoteChoice choice;
    private final Executor fx;
    private final BiConsumer<Target, TokenSource> connect;
    private final Consumer<String> trouble;
    private final Detector detector;

    private final ReadOnlyObjectWrapper<ServerState> state =
            new ReadOnlyObjectWrapper<>(new ServerState.Stopped());
    private final ReadOnlyBooleanWrapper remote = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper clients = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<Kind> kind = new ReadOnlyObjectWrapper<>(Kind.NATIVE);

    /// Finds out what kind of server stands at an address.
    @FunctionalInterface
    public interface Detector {
        CompletableFuture<Kind> look(ServerAddress at, TokenSource token);
    }

    /// @param connect turns the window to a server
    public ServerViewModel(
            Hosting own,
            RemoteChoice choice,
            Executor fx,
            BiConsumer<Target, TokenSource> connect,
            Detector detector,
            Consumer<String> trouble) {
        this.own = own;
        this.choice = choice;
        this.fx = fx;
        this.connect = connect;
        this.detector = detector;
        this.trouble = trouble;
    }

    /// The window opens: our own server starts in any case, and the window turns to the server that
    /// was chosen last.
    public void open() {
        choice.chosen().ifPresent(this::turnTo);
        start();
    }

    private void turnTo(Target other) {
        remote.set(true);
        kind.set(other.kind());
        address.set(other.address().toString());
        connect.accept(other, choice::token);
    }

    public void start() {
        if (state.get() instanceof ServerState.Starting
                || state.get() instanceof ServerState.Listening) {
            return;
        }
        state.set(new ServerState.Starting());
        own.start().thenAcceptAsync(this::now, fx);
    }

    private void now(ServerState outcome) {
        state.set(outcome);
        if (outcome instanceof ServerState.Listening && !remote.get()) {
            connectToOwn();
        }
    }

    private void connectToOwn() {
        ServerHost.Running runs = own.running();
        if (runs != null) {
            ServerAddress here = new ServerAddress(URI.create("http://127.0.0.1:" + runs.port()));
            address.set(here.toString());
            kind.set(Kind.NATIVE);
            connect.accept(new Target(Kind.NATIVE, here), runs::token);
        }
    }

    /// Ends our own server; its agents end with it.
    public void stop() {
        if (own.stop()) {
            state.set(new ServerState.Stopped());
            clients.set(0);
        }
    }

    /// Turns the window to another server.
    ///
    /// @param wanted null to find out by its address, or by what it says first
    /// @param done hears on the JavaFX thread what is wrong, one sentence for a person, or null if
    ///   the window turns to it
    public void connectTo(
            String typed, String token, @Nullable Kind wanted, Consumer<@Nullable String> done) {
        ServerAddress other;
        try {
            other = ServerAddress.parse(typed);
        } catch (InvalidAddressException e) {
            done.accept(e.getMessage());
            return;
        }
        if (wanted != null) {
            done.accept(chosen(new Target(wanted, other), token));
            return;
        }
        String secret = token.strip();
        detector.look(other, () -> secret)
                .whenCompleteAsync(
                        (found, failure) ->
                                done.accept(
                                        failure == null
                                                ? chosen(new Target(found, other), token)
                                                : sentence(failure)),
                        fx);
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(
                (failure instanceof CompletionException ? cause : failure).getMessage());
    }

    private @Nullable String chosen(Target other, String token) {
        try {
            choice.choose(other, token);
            turnTo(other);
            return null;
        } catch (IOException _) {
            return "The address and the token could not be saved.";
        }
    }

    public void backToOwn() {
        try {
            choice.backToOwn();
        } catch (IOException _) {
            trouble.accept("The choice of the server could not be saved.");
        }
        remote.set(false);
        address.set("");
        if (own.running() != null) {
            connectToOwn();
        } else {
            start();
        }
    }

    /// Looks how many clients are connected; for as long as somebody watches.
    public void count() {
        own.clients().thenAcceptAsync(clients::set, fx);
    }

    /// Our own server's token, for another program; null while it does not run.
    public @Nullable String token() {
        ServerHost.Running runs = own.running();
        return runs == null ? null : runs.token();
    }

    public String lastRemote() {
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
    public ReadOnlyObjectProperty<Kind> kind() {
        return kind.getReadOnlyProperty();
    }

    /// Where the window is connected, or wants to be.
    public ReadOnlyStringProperty address() {
        return address.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty clients() {
        return clients.getReadOnlyProperty();
    }
}
