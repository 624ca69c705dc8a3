package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.gateway.DialectPort;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.NodeRuntime;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example client for Node as a program.
@Timeout(120)
class RelayClientExampleProcessTest {
    private static final Path PROGRAM = Path.of("../embedded-server/examples/relay_client.js");

    private @TempDir Path folder;

    @Test
    void itPromptsOnARelayPort() throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("ws");
        try (RunningServer server =
                RunningServer.in(
                        folder,
                        c ->
                                ServerSetUp.withoutToken()
                                        .apply(c)
                                        .withDialectPorts(
                                                List.of(new DialectPort("relay", "127.0.0.1", 0))),
                        new DemoProvider(DemoPace.instant()))) {
            ExternalProgram.Result ended =
                    node.run(
                            PROGRAM,
                            "--server=" + server.server().urls().get(1),
                            "--config={\"model\":\"demo-two\"}",
                            "Hello");
            assertThat(ended.out()).isNotBlank().doesNotContain("Error");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void itLogsInOnTheMainPortAndPrintsRefusals() throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("ws");
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            String relay = "--server=" + server.server().url() + "/relay";
            ExternalProgram.Result ended =
                    node.run(PROGRAM, relay, "--token=" + server.server().token(), "Hello");
            assertThat(ended.code()).as(ended.out()).isZero();
            ExternalProgram.Result refused = node.run(PROGRAM, relay, "--token=guess", "Hello");
            assertThat(refused.out()).contains("1008");
            assertThat(refused.code()).isOne();
        }
    }
}
