package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.NodeRuntime;
import dev.oriel.testing.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published, unmodified Claude Agent SDK (`@anthropic-ai/claude-agent-sdk`): its browser
/// client with the native dialect, and its `query()` with the fake CLI of the other tests.
@Timeout(180)
class AgentSdkJourneyTest {
    private static final Path CLIENT =
            Path.of("../embedded-server/examples/sdk_browser_client.mjs");
    private static final Path QUERY = Path.of("src/test/resources/sdk_query.mjs");

    @TempDir Path folder;

    private FakeClaude fake() throws IOException {
        return FakeClaude.in(Files.createDirectories(folder.resolve("cli")));
    }

    private static NodeRuntime sdk() throws Exception {
        return NodeRuntime.orSkip("@anthropic-ai/claude-agent-sdk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "events"})
    void theBrowserClientPromptsAnswersAsksAndInterrupts(String transport) throws Exception {
        NodeRuntime node = sdk();
        FakeClaude fake =
                fake().turn(t -> t.text("Good day to you."))
                        .turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("It is done."))
                        .turn(t -> t.text("A long story begins").hang())
                        .turn(t -> t.text("Still here."))
                        .install();
        Path token = folder.resolve("token");
        try (ClaudeCli cli =
                        new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()));
                RunningServer server = RunningServer.in(folder, cli)) {
            Files.writeString(token, server.server().token());
            ExternalProgram.Result ended =
                    node.runWithInput(
                            "y\n",
                            CLIENT,
                            "--transport=" + transport,
                            "--server=" + server.server().url(),
                            "--token-file=" + token,
                            "--cwd=" + folder,
                            "--stop-at=long story",
                            "Hello",
                            "List the files",
                            "Tell me a story",
                            "Are you there?");
            assertThat(ended.out())
                    .containsSubsequence(
                            "Good day to you.",
                            "[success]",
                            "Claude wants to use Bash {\"command\":\"ls\"}",
                            "It is done.",
                            "[success]",
                            "[interrupted]",
                            "[error_during_execution]",
                            "Still here.",
                            "[success]");
            assertThat(ended.code()).isZero();
            assertThat(fake.receivedLines()).anyMatch(l -> l.contains("\"behavior\":\"allow\""));
        }
    }

    @Test
    void theBrowserClientIsRejectedWithoutTheToken() throws Exception {
        NodeRuntime node = sdk();
        Path token = folder.resolve("wrong-token");
        Files.writeString(token, "wrong");
        try (ClaudeCli cli =
                        new ClaudeCli(
                                CliSettings.defaults()
                                        .withExecutable(fake().install().executable()));
                RunningServer server = RunningServer.in(folder, cli)) {
            ExternalProgram.Result ended =
                    node.run(
                            CLIENT,
                            "--server=" + server.server().url(),
                            "--token-file=" + token,
                            "Hello");
            assertThat(ended.code()).isNotZero();
            assertThat(ended.out()).doesNotContain("[success]");
        }
    }

    @Test
    void queryWorksWithTheFakeCli() throws Exception {
        NodeRuntime node = sdk();
        FakeClaude fake =
                fake().turn(t -> t.text("Good day to you."))
                        .turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("It is done."))
                        .turn(t -> t.text("A long story begins").hang())
                        .turn(t -> t.text("Still here."))
                        .install();
        ExternalProgram.Result ended =
                node.run(
                        QUERY,
                        fake.executable().toString(),
                        folder.toString(),
                        "Hello",
                        "List the files",
                        "interrupt: tell me a story",
                        "Are you there?");
        List<JsonNode> messages = ended.out().lines().map(AgentSdkJourneyTest::parse).toList();
        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(messages)
                .filteredOn(m -> m.path("type").asText().equals("result"))
                .extracting(m -> m.path("subtype").asText())
                .containsExactly("success", "success", "error_during_execution", "success");
        assertThat(messages)
                .filteredOn(m -> m.has("asked"))
                .singleElement()
                .satisfies(
                        m -> assertThat(m.path("input").path("command").asText()).isEqualTo("ls"));
        assertThat(messages).anyMatch(m -> m.has("interrupted"));
        assertThat(ended.out()).contains("Good day to you.", "It is done.", "Still here.");
        assertThat(messages.getLast().path("ended").asBoolean()).isTrue();
    }

    private static JsonNode parse(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
