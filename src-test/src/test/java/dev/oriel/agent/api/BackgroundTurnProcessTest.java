package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands in the background of a whole agent that end when it has no turn.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the tool for commands is another one.")
class BackgroundTurnProcessTest {
    @TempDir Path folder;

    @Test
    void theModelIsToldOfTheEndWithoutAPrompt() throws Exception {
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ApiAgents agents = AgentRun.apiAgents(api, folder);
                AgentRun run = new AgentRun(agents, folder, null)) {
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
        try (FakeMessagesApi api = FakeMessagesApi.start();
                ApiAgents agents = AgentRun.apiAgents(api, folder);
                AgentRun run = new AgentRun(agents, folder, null)) {
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
}
