package dev.oriel.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ServerAddress;
import dev.oriel.client.TokenSource;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerViewModelTest {
    @TempDir Path folder;

    private final Host host = new Host();
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

    @BeforeEach
    void make() {
        server = made();
    }

    private ServerViewModel made() {
        return new ServerViewModel(
                host,
                new RemoteChoice(folder),
                6743,
                Runnable::run,
                Runnable::run,
                (ServerAddress address, TokenSource token) -> {
                    connected.add(address.toString());
                    tokens.add(token);
                },
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
        server.close();
        assertThat(host.running).isZero();
        assertThat(server.state().get()).isInstanceOf(ServerState.Stopped.class);
        assertThat(server.token()).isNull();
    }

    @Test
    void looksAtAnotherServerAlsoAfterARestartAndKeepsItsTokenToTheOwner() throws Exception {
        server.open();
        assertThat(server.connectTo("wss://house:7000/", " secret\n")).isNull();
        assertThat(connected.getLast()).isEqualTo("https://house:7000");
        assertThat(tokens.getLast().token()).isEqualTo("secret");
        assertThat(Files.readString(folder.resolve("remote.json"))).doesNotContain("secret");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("remote-token"))))
                .isEqualTo("rw-------");
        server.close();

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
        assertThat(server.connectTo("http://host?token=x", "x")).contains("its own field");
        assertThat(connected).hasSize(1);
        assertThat(server.remote().get()).isFalse();
    }
}
