package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.NodeRuntime;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `wscat`, the command-line client that the documentation of these systems recommends.
@Timeout(120)
class WscatJourneyTest {
    private @TempDir Path folder;

    private ExternalProgram.Result wscat(RunningServer server, String path, String frame)
            throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("wscat");
        return ExternalProgram.runWithOpenInput(
                        List.of(
                                "node",
                                node.folder().resolve("bin").resolve("wscat").toString(),
                                "--connect=" + server.server().url().replace("http", "ws") + path,
                                "--execute=" + frame,
                                "--wait=3"))
                .orElseThrow();
    }

    @Test
    void itRunsAPromptToItsEnd() throws Exception {
        try (RunningServer server =
                RunningServer.in(
                        folder, ServerSetUp.withoutToken(), new DemoProvider(DemoPace.instant()))) {
            ExternalProgram.Result ended = wscat(server, "/ws/claude", "{\"prompt\":\"Hello\"}");
            assertThat(ended.out()).contains("\"subtype\":\"init\"", "\"type\":\"result\"");
        }
    }

    @Test
    void itTalksThroughTheRelay() throws Exception {
        try (RunningServer server =
                RunningServer.in(
                        folder, ServerSetUp.withoutToken(), new DemoProvider(DemoPace.instant()))) {
            ExternalProgram.Result ended =
                    wscat(
                            server,
                            "/relay/ws",
                            "{\"type\":\"user_message\",\"data\":{\"type\":\"user\","
                                    + "\"message\":{\"role\":\"user\",\"content\":\"Hello\"}}}");
            assertThat(ended.out()).contains("sdk_message", "\"type\":\"result\"");
        }
    }
}
