package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.PythonInterpreter;
import dev.oriel.testing.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example of a client with a tool of its own, run as a user runs it.
@Timeout(120)
class ToolClientExampleProcessTest {
    private static final Path PROGRAM = Path.of("../embedded-server/examples/tool_client.py");

    @TempDir Path folder;

    private ExternalProgram.Result run(String typed, String... more) throws Exception {
        PythonInterpreter python = PythonInterpreter.orSkip("websockets");
        Path token = folder.resolve("its-token");
        try (RunningServer server =
                RunningServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            Files.writeString(token, server.server().token());
            String[] args = {
                "--server=" + server.server().url(),
                "--token-file=" + token,
                "--cwd=" + folder,
                "Use the tool count_words"
            };
            String[] all = new String[args.length + more.length];
            System.arraycopy(args, 0, all, 0, args.length);
            System.arraycopy(more, 0, all, args.length, more.length);
            return python.run(PROGRAM, typed, all);
        }
    }

    @Test
    void theToolIsCalledWhenTheUserAllowsIt() throws Exception {
        ExternalProgram.Result ended = run("y\n");
        assertThat(ended.out())
                .contains("Claude wants to use mcp__oriel__count_words {\"text\": \"demo\"}")
                .contains("[count_words is called with {\"text\": \"demo\"}]")
                .contains("The result above came from your program");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theToolIsNotCalledWhenTheUserDeniesIt() throws Exception {
        ExternalProgram.Result ended = run("n\n");
        assertThat(ended.out()).contains("Allow?").doesNotContain("is called");
        assertThat(ended.code()).isZero();
    }

    @Test
    void theToolIsCalledWithoutAskingIfItIsAllowed() throws Exception {
        ExternalProgram.Result ended = run("", "--allow");
        assertThat(ended.out()).contains("is called").doesNotContain("Allow?");
    }
}
