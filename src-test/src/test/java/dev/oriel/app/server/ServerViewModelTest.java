package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.Kind;
import dev.oriel.client.RemoteException;
import dev.oriel.client.Target;
import dev.oriel.client.TokenSource;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerViewModelTest {
    @TempDir Path folder;

    private final Host host = new Host();
    private final Hosting own = new Hosting(host, 6743, Runnable::run);
    private final List<String> connected = new ArrayList<>();
    private final List<TokenSource> tokens = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private ServerViewModel server;

    /// Starts servers that only exist on paper.
    private static final class Host implements ServerHost {
        boolean taken;
        boolean broken;
        int running;

        @Override
        public Running start(int port) throws IOException {
            if (broken) {
                throw new IOException("The data folder cannot be read.");
            }
            if (taken && port != 0) {
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

    private @Nullable String connectTo(String typed, String token, @Nullable Kind kind) {
        AtomicReference<@Nullable String> problem = new AtomicReference<>("not told yet");
        server.connectTo(typed, token, kind, problem::set);
        return problem.get();
    }

    @BeforeEach
    void make() {
        server = made();
    }

    private final List<Kind> kinds = new ArrayList<>();
    private CompletableFuture<Kind> detected = CompletableFuture.completedFuture(Kind.NATIVE);

    private ServerViewModel made() {
        return new ServerViewModel(
                own,
                new RemoteChoice(folder),
                Runnable::run,
                (Target target, TokenSource token) -> {
                    connected.add(target.address().toString());
                    kinds.add(target.kind());
                    tokens.add(token);
                },
                (at, token) -> detected,
                trouble::add);
    }

    @Test
    void startsItsOwnServerAndLooksAtIt() {
        server.open();
        assertThat(server.state().get()).isEqualTo(new ServerState.Listening(6743, false));
        assertThat(connected).containsExactly("http://127.0.0.1:6743");
    }

    @Test
    void picksAnotherPortWhereTheUsualOneIsTakenAndSaysSo() {
        host.taken = true;
        server.open();
        assertThat(server.state().get()).isEqualTo(new ServerState.Listening(49_999, true));
    }

    @Test
    void saysWhyItCannotStartAndStartsOnDemand() {
        host.broken = true;
        server.open();
        assertThat(server.state().get())
                .isEqualTo(new ServerState.Failed("The data folder cannot be read."));
        assertThat(connected).isEmpty();
        host.broken = false;
        server.start();
        assertThat(connected).hasSize(1);
    }

    @Test
    void stopsOnce() {
        server.open();
        server.stop();
        server.stop();
        own.close();
        assertThat(host.running).isZero();
        assertThat(server.state().get()).isInstanceOf(ServerState.Stopped.class);
        assertThat(server.token()).isNull();
    }

    @Test
    void looksAtAnotherServerAlsoAfterARestartAndKeepsItsTokenToTheOwner() throws Exception {
        server.open();
        assertThat(connectTo("wss://house:7000/", " secret\n", Kind.NATIVE)).isNull();
        assertThat(connected.getLast()).isEqualTo("https://house:7000");
        assertThat(tokens.getLast().token()).isEqualTo("secret");
        assertThat(Files.readString(folder.resolve("remote.json"))).doesNotContain("secret");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("remote-token"))))
                .isEqualTo("rw-------");
        own.close();

        connected.clear();
        server = made();
        server.open();
        assertThat(connected).containsExactly("https://house:7000");
        server.backToOwn();
        assertThat(connected.getLast()).isEqualTo("http://127.0.0.1:6743");
    }

    @Test
    void saysWhatIsWrongWithAnAddressAndStaysWhereItIs() {
        server.open();
        assertThat(connectTo("http://host?token=x", "x", null)).contains("its own field");
        assertThat(connected).hasSize(1);
        assertThat(server.remote().get()).isFalse();
    }

    @Test
    void findsOutTheKindAndKnowsItAfterARestart() {
        server.open();
        detected = CompletableFuture.completedFuture(Kind.MANAGER);
        assertThat(connectTo("ws://house:8001/ws", "key", null)).isNull();
        assertThat(kinds.getLast()).isEqualTo(Kind.MANAGER);
        assertThat(server.kind().get()).isEqualTo(Kind.MANAGER);
        own.close();
        server = made();
        server.open();
        assertThat(kinds.getLast()).isEqualTo(Kind.MANAGER);
        server.backToOwn();
        assertThat(kinds.getLast()).isEqualTo(Kind.NATIVE);
    }

    @Test
    void saysWhyNothingWasFoundAndStaysWhereItIs() {
        server.open();
        detected =
                CompletableFuture.failedFuture(
                        new RemoteException("unreachable", "No server answers at this address."));
        assertThat(connectTo("ws://house:8001/ws", "key", null))
                .isEqualTo("No server answers at this address.");
        assertThat(server.remote().get()).isFalse();
    }
}
