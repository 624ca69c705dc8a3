package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.TokenSource;
import dev.oriel.testing.client.ConnectedRemote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerViewModelTest {
    @TempDir Path folder;

    private final FakeLauncher launcher = new FakeLauncher();
    private final HostedServer own = new HostedServer(launcher, 6743, Runnable::run);
    private final List<String> connected = new ArrayList<>();
    private final List<TokenSource> tokens = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private ServerViewModel server;

    /// Starts fake servers.
    private static final class FakeLauncher implements ServerLauncher {
        boolean preferredPortTaken;
        boolean failing;
        int running;

        @Override
        public Running start(int port) throws IOException {
            if (failing) {
                throw new IOException("The data folder cannot be read.");
            }
            if (preferredPortTaken && port != 0) {
                throw new BindException("taken");
            }
            running++;
            return new Running() {
                @Override
                public int port() {
                    return port == 0 ? 49_999 : port;
                }

                @Override
                public String token() {
                    return "own";
                }

                @Override
                public List<String> busySessions() {
                    return List.of();
                }

                @Override
                public int clients() {
                    return 2;
                }

                @Override
                public void close() {
                    running--;
                }
            };
        }
    }

    private @Nullable String connectTo(String typed, String token, @Nullable ServerKind kind) {
        AtomicReference<@Nullable String> problem = new AtomicReference<>("not called");
        server.connectTo(typed, token, kind, problem::set);
        return problem.get();
    }

    @BeforeEach
    void create() {
        server = createModel();
    }

    private final List<ServerKind> kinds = new ArrayList<>();
    private final List<ConnectedRemote> adopted = new ArrayList<>();
    private final List<String> disconnects = new ArrayList<>();
    private int expected;
    private CompletableFuture<ServerKind> detected =
            CompletableFuture.completedFuture(ServerKind.NATIVE);
    private final List<ConnectedRemote> connections = new ArrayList<>();
    private final List<String> triedTokens = new ArrayList<>();
    private CompletableFuture<Void> trialResult = CompletableFuture.completedFuture(null);

    /// Records the calls.
    private final class RecordingConnection implements WindowConnection {
        @Override
        public void expect() {
            expected++;
        }

        @Override
        public void connect(ConnectionTarget server, TokenSource token) {
            connected.add(server.address().toString());
            kinds.add(server.kind());
            tokens.add(token);
        }

        @Override
        public void switchTo(ServerClient server) {
            connected.add(server.address().toString());
            kinds.add(server.kind());
            adopted.add((ConnectedRemote) server);
        }

        @Override
        public void reconnect() {
            connected.add("again");
        }

        @Override
        public void disconnect(String why) {
            disconnects.add(why);
        }
    }

    private ServerViewModel createModel() {
        RemoteServerStore store = new RemoteServerStore(folder, Runnable::run);
        return new ServerViewModel(
                own,
                store,
                Runnable::run,
                new RecordingConnection(),
                new RemoteConnector(store, (_, _) -> detected, this::tryToConnect, Runnable::run),
                errors::add);
    }

    private CompletableFuture<ServerClient> tryToConnect(
            ConnectionTarget target, TokenSource token) {
        try {
            triedTokens.add(token.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConnectedRemote remote = new ConnectedRemote(target);
        connections.add(remote);
        return trialResult.thenApply(_ -> remote);
    }

    @Test
    void startsTheOwnServerAndConnectsToIt() {
        server.open();
        assertThat(server.state().get()).isEqualTo(new ServerState.Listening(6743, false));
        assertThat(connected).containsExactly("http://127.0.0.1:6743");
        assertThat(expected).isOne();
    }

    @Test
    void usesAnotherPortIfThePreferredOneIsInUse() {
        launcher.preferredPortTaken = true;
        server.open();
        assertThat(server.state().get()).isEqualTo(new ServerState.Listening(49_999, true));
    }

    @Test
    void reportsAFailedStartAndCanStartAgain() {
        launcher.failing = true;
        server.open();
        assertThat(server.state().get())
                .isEqualTo(new ServerState.Failed("The data folder cannot be read."));
        assertThat(connected).isEmpty();
        assertThat(disconnects).containsExactly("The data folder cannot be read.");
        launcher.failing = false;
        server.start();
        assertThat(connected).hasSize(1);
    }

    @Test
    void stopsOnce() {
        server.open();
        server.stop();
        server.stop();
        own.close();
        assertThat(launcher.running).isZero();
        assertThat(server.state().get()).isInstanceOf(ServerState.Stopped.class);
        assertThat(server.token()).isNull();
    }

    @Test
    void restoresTheRemoteServerAfterARestartAndStoresItsTokenPrivately() throws Exception {
        server.open();
        assertThat(connectTo("wss://house:7000/", " secret\n", ServerKind.NATIVE)).isNull();
        assertThat(connected.getLast()).isEqualTo("https://house:7000");
        assertThat(triedTokens).containsExactly("secret");
        assertThat(Files.readString(folder.resolve("remote.json"))).doesNotContain("secret");
        try (Stream<Path> files = Files.list(folder.resolve("remote-tokens"))) {
            Path token = files.toList().getFirst();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(token)).isEqualTo("secret");
        }
        own.close();

        connected.clear();
        server = createModel();
        server.open();
        assertThat(connected).containsExactly("https://house:7000");
        assertThat(tokens.getLast().token()).isEqualTo("secret");
        server.useOwnServer();
        assertThat(connected.getLast()).isEqualTo("http://127.0.0.1:6743");
    }

    @Test
    void reportsAnInvalidAddressAndKeepsTheConnection() {
        server.open();
        assertThat(connectTo("http://host?token=x", "x", null)).contains("its own field");
        assertThat(connected).hasSize(1);
        assertThat(server.remote().get()).isFalse();
    }

    @Test
    void detectsTheKindAndRestoresItAfterARestart() {
        server.open();
        detected = CompletableFuture.completedFuture(ServerKind.MANAGER);
        assertThat(connectTo("ws://house:8001/ws", "key", null)).isNull();
        assertThat(kinds.getLast()).isEqualTo(ServerKind.MANAGER);
        assertThat(server.kind().get()).isEqualTo(ServerKind.MANAGER);
        own.close();
        server = createModel();
        server.open();
        assertThat(kinds.getLast()).isEqualTo(ServerKind.MANAGER);
        server.useOwnServer();
        assertThat(kinds.getLast()).isEqualTo(ServerKind.NATIVE);
    }

    @Test
    void reportsAFailedDetectionAndKeepsTheConnection() {
        server.open();
        detected =
                CompletableFuture.failedFuture(
                        new ClientException("unreachable", "No server answers at this address."));
        assertThat(connectTo("ws://house:8001/ws", "key", null))
                .isEqualTo("http://house:8001/ws: No server answers at this address.");
        assertThat(server.remote().get()).isFalse();
    }

    @Test
    void switchesToAServerOnlyAfterItHasResponded() {
        server.open();
        trialResult = new CompletableFuture<>();
        assertThat(connectTo("https://house:7000", "secret", ServerKind.NATIVE))
                .isEqualTo("not called");
        assertThat(connected).containsExactly("http://127.0.0.1:6743");
        assertThat(server.remote().get()).isFalse();
        trialResult.complete(null);
        assertThat(connected.getLast()).isEqualTo("https://house:7000");
        assertThat(adopted).containsExactly(connections.getLast());
        assertThat(adopted.getLast().closed()).isFalse();
    }

    @Test
    void closesACancelledConnectionThatSucceedsLater() {
        server.open();
        trialResult = new CompletableFuture<>();
        connectTo("https://house:7000", "secret", ServerKind.NATIVE);
        server.cancelConnecting();
        trialResult.complete(null);
        assertThat(connections.getLast().closed()).isTrue();
        assertThat(connected).containsExactly("http://127.0.0.1:6743");
    }

    @Test
    void reportsARefusedTokenWithTheAddressAndStoresNothing() {
        server.open();
        trialResult =
                CompletableFuture.failedFuture(
                        new ClientException("refused", "The server refused the token."));
        assertThat(connectTo("https://house:7000", "wrong", ServerKind.NATIVE))
                .isEqualTo("https://house:7000: The server refused the token.");
        assertThat(folder.resolve("remote.json")).doesNotExist();
        assertThat(server.known().get()).isEmpty();
    }

    @Test
    void storesTheConnectedServersAndTheirTokens() {
        server.open();
        connectTo("https://house:7000", "first", ServerKind.NATIVE);
        connectTo("ws://mill:8001/ws", "second", ServerKind.MANAGER);
        assertThat(server.known().get())
                .map(ConnectionTarget::toString)
                .containsExactly(
                        "Session manager at http://mill:8001/ws", "Oriel at https://house:7000");
        connectTo("https://house:7000", "", ServerKind.NATIVE);
        assertThat(triedTokens.getLast()).isEqualTo("first");
        server.forget(server.known().get().getLast());
        connectTo("ws://mill:8001/ws", "", ServerKind.MANAGER);
        assertThat(triedTokens.getLast()).isEmpty();
    }

    @Test
    void usesTheTokenThatAnEarlierVersionStored() throws Exception {
        Files.writeString(
                folder.resolve("remote.json"),
                """
                {"in_use":true,"address":"https://house:7000","kind":"sessions"}
                """);
        Files.writeString(folder.resolve("remote-token"), "earlier");
        server = createModel();
        server.open();
        assertThat(tokens.getFirst().token()).isEqualTo("earlier");
    }

    @Test
    void aServerIsReachedOnlyAfterItHasAcceptedTheWindow() throws Exception {
        Files.writeString(
                folder.resolve("remote.json"),
                """
                {"in_use":true,"address":"https://house:7000","kind":"sessions"}
                """);
        server = createModel();
        server.open();
        server.updateConnection(false, "No server answers at this address.");
        assertThat(server.reached().get()).isFalse();
        server.updateConnection(true, "Connected to the server.");
        assertThat(server.reached().get()).isTrue();
    }

    @Test
    void afterAStopReconnectStartsTheServerAgain() {
        server.open();
        server.stop();
        assertThat(disconnects).containsExactly("You stopped the server of this window.");
        server.reconnect();
        assertThat(server.state().get()).isInstanceOf(ServerState.Listening.class);
        server.reconnect();
        assertThat(connected.getLast()).isEqualTo("again");
    }
}
