package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ConversationLog;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents as the server starts them, with all their parts, and a fake Messages API.
class ApiAgentsSocketTest {
    @TempDir Path temp;
    private FakeMessagesApi api;
    private ApiAgents agents;
    private Path folder;

    @BeforeEach
    void begin() throws Exception {
        api = FakeMessagesApi.start();
        agents = AgentRun.apiAgents(api, temp);
        folder = Files.createDirectories(temp.resolve("project"));
    }

    @AfterEach
    void end() {
        agents.close();
        api.close();
    }

    @Test
    void aCommandRunsAfterTheUserHasAllowedIt() throws Exception {
        api.enqueue(bash("touch made.txt"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            assertThat(run.turn("go").path("result").asText()).isEqualTo("Done");
            assertThat(run.events.messages("control_request")).hasSize(1);
        }
        assertThat(folder.resolve("made.txt")).exists();
        assertThat(api.requests().getFirst().key()).isEqualTo("sk-ant-dummy");
        assertThat(api.requests().getFirst().body().path("system").toString())
                .contains(folder.toString());
    }

    @Test
    void aDeniedCommandDoesNotRun() throws Exception {
        api.enqueue(bash("touch made.txt"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.send("go");
            run.reply(
                    run.events.awaitAsk(1),
                    Json.object().put("behavior", "deny").put("message", "No."));
            run.finish();
            assertThat(run.toolResults()).containsExactly("No.");
        }
        assertThat(folder.resolve("made.txt")).doesNotExist();
    }

    @Test
    void theCommandsAndSkillsOfTheFolderAreUsed() throws Exception {
        write(".claude/commands/hi.md", "---\ndescription: Greets\n---\nSay hello to $ARGUMENTS");
        write(
                ".claude/skills/bake/SKILL.md",
                "---\nname: bake\ndescription: Bakes a cake\n---\nMix and wait.");
        api.enqueue(
                FakeReply.toolUse("Skill", "{\"skill\":\"bake\"}"), FakeReply.text("Hello Ada"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            assertThat(run.turn("/hi Ada").path("result").asText()).isEqualTo("Hello Ada");
            assertThat(api.requests().getFirst().lastUserText())
                    .contains("Say hello to Ada", "bake: Bakes a cake");
            assertThat(run.toolResults()).containsExactly("Launching skill: bake");
            assertThat(api.requests().getLast().lastUserText()).contains("Mix and wait.");
            JsonNode init = run.events.awaitMessage(m -> "init".equals(m.subtype())).tree();
            assertThat(init.path("slash_commands").toString()).contains("\"hi\"", "\"compact\"");
        }
    }

    @Test
    void theHooksOfTheFolderRun() throws Exception {
        write(
                ".claude/settings.json",
                """
                {"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[
                {"type":"command","command":"echo no way >&2; exit 2"}]}]}}
                """);
        api.enqueue(bash("ls"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            run.turn("go");
            assertThat(run.toolResults().getFirst()).contains("no way");
        }
    }

    @Test
    void aGuestsKeyGoesBeforeTheAccount() throws Exception {
        AgentSecrets secrets =
                new AgentSecrets(
                        Map.of(
                                "ANTHROPIC_API_KEY",
                                "sk-ant-guest",
                                "ANTHROPIC_BASE_URL",
                                api.url()));
        api.enqueue(bash("env"), FakeReply.text("Done"));
        try (AgentRun run = new AgentRun(agents, folder, null, secrets, ConversationLog.EMPTY)) {
            run.turn("go");
            assertThat(run.toolResults().getFirst()).doesNotContain("sk-ant");
        }
        assertThat(api.requests()).allMatch(r -> r.key().equals("sk-ant-guest"));
    }

    @Test
    void aResumedConversationGoesOnWhereItStopped() throws Exception {
        api.enqueue(bash("ls"), FakeReply.text("One"));
        List<Message> journal;
        JsonNode first;
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            first = run.turn("remember the word apple");
            journal = run.events.messages();
        }
        api.enqueue(FakeReply.text("Two"));
        ConversationLog log = each -> journal.forEach(each);
        try (AgentRun run = new AgentRun(agents, folder, null, AgentSecrets.NONE, log)) {
            JsonNode second = run.turn("which word?");
            assertThat(second.path("result").asText()).isEqualTo("Two");
            if (first.has("total_cost_usd")) {
                assertThat(second.path("total_cost_usd").asDouble())
                        .isGreaterThan(first.path("total_cost_usd").asDouble());
            }
        }
        String sent = api.requests().getLast().body().path("messages").toString();
        assertThat(sent).contains("tool_use", "tool_result", "One", "which word?");
    }

    @Test
    void aRejectedKeyIsReported() throws Exception {
        api.enqueue(FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            JsonNode result = run.turn("hi");
            assertThat(result.path("is_error").asBoolean()).isTrue();
            assertThat(result.path("api_error_status").asInt()).isEqualTo(401);
            JsonNode report = run.events.messages("assistant").getLast().tree();
            assertThat(report.path("error").asText()).isEqualTo("authentication_failed");
            // The next turn works when the key does.
            api.enqueue(FakeReply.text("Hello"));
            assertThat(run.turn("again").path("result").asText()).isEqualTo("Hello");
        }
    }

    @Test
    void theModelIsToldOfTheEndWithoutAPrompt() throws Exception {
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            api.enqueue(
                    FakeReply.toolUse(
                            "Bash",
                            "{\"command\":\"until [ -e go ]; do sleep 0.1; done\","
                                    + "\"description\":\"Wait\",\"run_in_background\":true}"),
                    FakeReply.text("It runs"),
                    FakeReply.text("It has ended"));
            assertThat(run.turn("wait").path("result").asText()).isEqualTo("It runs");
            Files.createFile(folder.resolve("go"));
            JsonNode result = run.events.awaitResult(2);
            assertThat(result.path("result").asText()).isEqualTo("It has ended");
            assertThat(result.path("origin").path("kind").asText()).isEqualTo("task-notification");
            assertThat(api.requests().getLast().lastUserText())
                    .contains("Background command")
                    .contains("<status>completed</status>")
                    .contains("A background task has ended.", "(exit code 0)");
        }
    }

    @Test
    void aTaskThatTheUserHasStoppedStartsNoTurn() throws Exception {
        try (AgentRun run = new AgentRun(agents, folder, null)) {
            api.enqueue(
                    FakeReply.toolUse(
                            "Bash", "{\"command\":\"sleep 600\",\"run_in_background\":true}"),
                    FakeReply.text("It runs"),
                    FakeReply.text("I see"));
            run.turn("wait");
            String task =
                    run.events
                            .awaitMessage(m -> "task_started".equals(m.subtype()))
                            .tree()
                            .path("task_id")
                            .asText();
            run.control(Json.object().put("subtype", "stop_task").put("task_id", task));
            run.events.awaitMessage(m -> "task_notification".equals(m.subtype()));
            assertThat(run.turn("and?").path("result").asText()).isEqualTo("I see");
            assertThat(run.events.messages("result")).hasSize(2);
            assertThat(api.requests().getLast().body().toString())
                    .contains("<status>stopped</status>");
        }
    }

    private static FakeReply bash(String command) {
        ObjectNode input = Json.object().put("command", command).put("description", "Do it");
        return FakeReply.toolUse("Bash", input.toString());
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
