package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.gateway.ListenAt;
import dev.oriel.testing.Node;
import dev.oriel.testing.Program;
import dev.oriel.testing.Python;
import dev.oriel.testing.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example clients, run as a person runs them, against a port of their system's own.
@Timeout(120)
class ExampleClientsJourneyTest extends WithEnhancedServer {
    private static final Path EXAMPLES = Path.of("../embedded-server/examples");

    private String[] args(String... prompts) throws Exception {
        RunningServer server =
                start(
                        c -> c.withFurther(List.of(new ListenAt("enhanced", "127.0.0.1", 0))),
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
        Python python = Python.orSkip("websockets");
        Program.Ended ended =
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
        Python python = Python.orSkip("websockets");
        Program.Ended ended =
                python.run(
                        EXAMPLES.resolve("enhanced_client.py"),
                        "please run the command\n",
                        args("hello", "again"));
        assertThat(ended.out()).contains("[Bash {");
        assertThat(ended.code()).isZero();
    }

    @Test
    void thePythonClientSaysWhatWentWrong() throws Exception {
        Python python = Python.orSkip("websockets");
        Program.Ended ended =
                python.run(EXAMPLES.resolve("enhanced_client.py"), "", args(" ", "hello"));
        assertThat(ended.out()).contains("prompt must not be empty");
        assertThat(ended.code()).isOne();
    }

    @Test
    void theNodeClientAsksInOneBatch() throws Exception {
        Node node = Node.orSkip("ws");
        Program.Ended ended =
                node.run(EXAMPLES.resolve("enhanced_client.mjs"), args("hello", "read the file"));
        assertThat(ended.out())
                .containsPattern("\\[connected: session_\\d+\\]")
                .contains("[Read {")
                .containsPattern("(?s)turns, .* so far\\].*turns, .* so far\\]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theNodeClientSaysWhatWentWrong() throws Exception {
        Node node = Node.orSkip("ws");
        Program.Ended ended = node.run(EXAMPLES.resolve("enhanced_client.mjs"), args(" ", "hello"));
        assertThat(ended.out()).contains("prompt must not be empty", "so far]");
        assertThat(ended.code()).isOne();
    }
}
