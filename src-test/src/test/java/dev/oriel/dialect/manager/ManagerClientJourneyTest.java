package dev.oriel.dialect.manager;

import static dev.oriel.dialect.manager.ManagerServer.is;
import static dev.oriel.dialect.manager.ManagerServer.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.demo.DemoPace;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.PythonInterpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example client as a program, and the real `claude` CLI with the manager dialect.
@Timeout(180)
class ManagerClientJourneyTest {
    private static final Path PROGRAM = Path.of("../embedded-server/examples/manager_client.py");

    @TempDir Path folder;

    private static ExternalProgram.Result run(ManagerServer manager, String typed, String... args)
            throws Exception {
        PythonInterpreter python = PythonInterpreter.orSkip("websockets");
        String[] all = new String[args.length + 3];
        all[0] = "--url=ws://127.0.0.1:" + manager.port() + "/ws";
        all[1] = "--key-file=" + manager.keyFile();
        all[2] = "--cwd=" + manager.folder();
        System.arraycopy(args, 0, all, 3, args.length);
        return python.run(PROGRAM, typed, all);
    }

    @Test
    void thePythonClientTalksWithTheDemo() throws Exception {
        try (ManagerServer manager =
                ManagerServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            ExternalProgram.Result ended = run(manager, "", "Hello", "And once more");
            assertThat(ended.code()).as(ended.out()).isZero();
            assertThat(ended.out()).isNotBlank();
            assertThat(manager.server().call("GET", "/v1/sessions", null).body())
                    .contains("\"origin\":\"manager\"", "\"state\":\"ended\"");
        }
    }

    @Test
    void thePythonClientPrintsTheReasonOfARefusal() throws Exception {
        try (ManagerServer manager =
                ManagerServer.in(folder, new DemoProvider(DemoPace.instant()))) {
            Path wrong = folder.resolve("wrong");
            ManagerServer.write(wrong, "not the key");
            ExternalProgram.Result ended = run(manager, "", "Hello", "--key-file=" + wrong);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).isEqualTo("manager_client: Invalid authentication token\n");
        }
    }

    @Test
    void thePythonClientLetsTheRealCliWriteAFileAfterTheUserAllowsIt() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("cli-home"));
        Path file = folder.resolve("hello.txt");
        String input =
                Json.object().put("file_path", file.toString()).put("content", "hi").toString();
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ClaudeCli cli = new ClaudeCli(real.settings(), real.machine(api));
                ManagerServer manager = ManagerServer.in(folder, cli)) {
            api.enqueue(
                    FakeReply.text("I write it.").andToolUse("Write", input),
                    FakeReply.text("It is written."));
            ExternalProgram.Result ended = run(manager, "y\n", "Write hello.txt", "--ask");
            assertThat(ended.out())
                    .contains("I write it.", "[Write ", "Claude wants to use Write: " + file)
                    .contains("It is written.");
            assertThat(ended.code()).isZero();
            assertThat(file).hasContent("hi");
        }
    }

    @Test
    void theRealCliHasTheChosenToolsAndRunsThemWithoutAnAsk() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("cli-home"));
        Files.writeString(folder.resolve("seen.txt"), "needle");
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ClaudeCli cli = new ClaudeCli(real.settings(), real.machine(api));
                ManagerServer manager = ManagerServer.in(folder, cli);
                NativeClient client = manager.client()) {
            UUID id =
                    manager.session(
                            client,
                            """
                            {"system_prompt":"You are terse.",
                             "tools":["Read","Write","Edit","Bash","Search","Task","WebSearch","WebFetch"]}\
                            """);
            api.enqueue(
                    FakeReply.toolUse("Grep", "{\"pattern\":\"needle\"}"),
                    FakeReply.toolUse(
                            "Bash",
                            "{\"command\":\"touch made-by-bash\",\"description\":\"Make it\"}"),
                    FakeReply.text("Found."));
            prompt(client, id, "Find the needle");
            client.await(f -> f.path("complete").asBoolean(), "the end");
            assertThat(client.frames())
                    .filteredOn(f -> is(f, "agent_tool_use"))
                    .extracting(f -> f.path("tool").asText())
                    .containsExactly("Grep", "Bash");
            assertThat(client.frames()).noneMatch(f -> is(f, "permission_request"));
            assertThat(folder.resolve("made-by-bash")).exists();
            JsonNode asked = api.requests().getFirst().body();
            assertThat(asked.path("system").toString()).contains("You are terse.");
            List<String> tools =
                    StreamSupport.stream(asked.path("tools").spliterator(), false)
                            .map(t -> t.path("name").asText())
                            .toList();
            assertThat(tools)
                    .contains("Read", "Write", "Edit", "Bash", "Grep", "Glob", "Agent", "WebFetch")
                    .doesNotContain("NotebookEdit", "AskUserQuestion");
        }
    }

    @Test
    void theRealCliHasTodoWriteWhereItIsNamed() throws Exception {
        RealClaude real = RealClaude.orSkip(folder.resolve("cli-home"));
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ClaudeCli cli = new ClaudeCli(real.settings(), real.machine(api));
                ManagerServer manager = ManagerServer.in(folder, cli);
                NativeClient client = manager.client()) {
            UUID id = manager.session(client, "{\"tools\":[\"Read\",\"TodoWrite\"]}");
            api.enqueue(
                    FakeReply.toolUse(
                            "TodoWrite",
                            "{\"todos\":[{\"content\":\"a\",\"status\":\"pending\",\"activeForm\":\"b\"}]}"),
                    FakeReply.text("Planned."));
            prompt(client, id, "Plan");
            client.await(f -> f.path("complete").asBoolean(), "the end");
            assertThat(api.requests().getFirst().body().path("tools"))
                    .extracting(t -> t.path("name").asText())
                    .contains("TodoWrite");
            assertThat(client.await("agent_tool_use").at("/input/todos/0/content").asText())
                    .isEqualTo("a");
        }
    }
}
