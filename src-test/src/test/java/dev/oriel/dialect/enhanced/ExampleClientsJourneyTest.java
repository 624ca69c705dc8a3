package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.gateway.DialectPort;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.NodeRuntime;
import dev.oriel.testing.process.PythonInterpreter;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example clients as programs, with a port of the enhanced dialect.
@Timeout(120)
class ExampleClientsJourneyTest extends EnhancedServerFixture {
    private static final Path EXAMPLES = Path.of("../embedded-server/examples");

    private String[] args(String... prompts) throws Exception {
        RunningServer server =
                start(
                        c ->
                                c.withDialectPorts(
                                        List.of(new DialectPort("enhanced", "127.0.0.1", 0))),
                        new DemoProvider(DemoPace.instant()));
        Path token = folder.resolve("its-token");
        Files.writeString(token, server.server().token() + "\n");
        String url = server.server().urls().get(1).replace("http", "ws") + "/ws";
        List<String> args =
                new java.util.ArrayList<>(
                        List.of("--url=" + url, "--token-file=" + token, "--cwd=" + folder));
        args.addAll(List.of(prompts));
        return args.toArray(String[]::new);
    }

    @Test
    void thePythonClientAsksOneThingAfterTheOther() throws Exception {
        PythonInterpreter python = PythonInterpreter.orSkip("websockets");
        ExternalProgram.Result ended =
                python.run(
                        EXAMPLES.resolve("enhanced_client.py"), "", args("hello", "read the file"));
        assertThat(ended.out())
                .containsPattern("\\[connected: session_\\d+\\]")
                .contains("[Read {")
                .containsPattern("(?s)turns, .* so far\\].*turns, .* so far\\]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void whatIsTypedInPythonReachesClaude() throws Exception {
        PythonInterpreter python = PythonInterpreter.orSkip("websockets");
        ExternalProgram.Result ended =
                python.run(
                        EXAMPLES.resolve("enhanced_client.py"),
                        "please run the command\n",
                        args("hello", "again"));
        assertThat(ended.out()).contains("[Bash {");
        assertThat(ended.code()).isZero();
    }

    @Test
    void thePythonClientPrintsErrors() throws Exception {
        PythonInterpreter python = PythonInterpreter.orSkip("websockets");
        ExternalProgram.Result ended =
                python.run(EXAMPLES.resolve("enhanced_client.py"), "", args(" ", "hello"));
        assertThat(ended.out()).contains("prompt must not be empty");
        assertThat(ended.code()).isOne();
    }

    @Test
    void theNodeClientAsksInOneBatch() throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("ws");
        ExternalProgram.Result ended =
                node.run(EXAMPLES.resolve("enhanced_client.mjs"), args("hello", "read the file"));
        assertThat(ended.out())
                .containsPattern("\\[connected: session_\\d+\\]")
                .contains("[Read {")
                .containsPattern("(?s)turns, .* so far\\].*turns, .* so far\\]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theNodeClientPrintsErrors() throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("ws");
        ExternalProgram.Result ended =
                node.run(EXAMPLES.resolve("enhanced_client.mjs"), args(" ", "hello"));
        assertThat(ended.out()).contains("prompt must not be empty", "so far]");
        assertThat(ended.code()).isOne();
    }
}
