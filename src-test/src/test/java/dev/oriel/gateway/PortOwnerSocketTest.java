package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.server.RunningServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortOwnerSocketTest {
    @TempDir Path folder;

    @Test
    void theWindowAndTheOtherServerThatUseThePortAreNamed() throws Exception {
        assertThat(whyNotBeside(ServerConfig.WINDOW))
                .startsWith("is taken by the server of a window of Oriel. Choose another with");
        assertThat(whyNotBeside(ServerConfig.SERVER))
                .startsWith("is taken by another oriel-server. Choose another with");
    }

    private String whyNotBeside(String program) throws Exception {
        try (RunningServer first =
                RunningServer.in(
                        folder.resolve(program + "-first"),
                        c -> c.withProgram(program),
                        new DemoProvider())) {
            ServerConfig second =
                    ServerConfig.defaults(folder.resolve(program), List.of(new DemoProvider()))
                            .withPort(first.port());
            var why = new String[1];
            assertThatThrownBy(() -> EmbeddedServer.start(second))
                    .isInstanceOf(ServerStartException.class)
                    .satisfies(e -> why[0] = e.getMessage());
            return why[0].replace("Port " + first.port() + " ", "");
        }
    }

    @Test
    void aProgramThatDoesNotReplyIsAnotherProgram() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.probe((InetSocketAddress) silent.getLocalSocketAddress()))
                    .isEqualTo(PortOwner.OTHER);
        }
    }
}
