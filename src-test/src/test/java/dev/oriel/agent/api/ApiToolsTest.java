package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.AskingPermissions;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.FakeTool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the calls of an answer are run: in which order, with which permission, with which results.
class ApiToolsTest {
    @TempDir Path folder;
    private ScriptedApiAgent agent;

    @BeforeEach
    void create() {
        agent = new ScriptedApiAgent(folder);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void callsThatOnlyReadRunAtTheSameTimeAndTheirResultsComeAsTheyEnd() {
        CountDownLatch second = new CountDownLatch(1);
        agent.tools.add(
                FakeTool.reading(
                        "Look",
                        (call, _) -> {
                            String name = call.input().path("name").asText();
                            if (name.equals("first")) {
                                second.await(); // deadlocks unless they run at the same time
                            } else {
                                second.countDown();
                            }
                            return FakeTool.ok(name);
                        }));
        agent.api
                .answer("tool_use", call(1, "Look", "first"), call(2, "Look", "second"))
                .text("Done");
        run();
        assertThat(agent.toolResults()).containsExactlyInAnyOrder("first", "second");
        JsonNode results =
                ScriptedApiAgent.parse(agent.api.requests().getLast().messages().getLast())
                        .path("content");
        // The API gets them in the order of the calls.
        assertThat(results.valueStream().map(b -> b.path("content").asText()))
                .containsExactly("first", "second");
    }

    @Test
    void aCallThatChangesSomethingIsCheckedWhenTheCallsBeforeItHaveEnded() {
        AtomicBoolean isRead = new AtomicBoolean();
        agent.tools.add(
                FakeTool.reading(
                        "Look",
                        (_, _) -> {
                            isRead.set(true);
                            return FakeTool.ok("content");
                        }));
        agent.tools.add(
                FakeTool.writing("Change", FakeTool.echo())
                        .checkedBy(_ -> isRead.get() ? null : ToolOutcome.refused("Not read.")));
        agent.api.answer("tool_use", call(1, "Look", "a"), call(2, "Change", "b")).text("Done");
        run();
        assertThat(agent.toolResults()).containsExactly("content", "b");
    }

    @Test
    void aHundredCallsInOneAnswerAllHaveAResult() {
        agent.tools.add(FakeTool.reading("Look", FakeTool.echo()));
        ObjectNode[] calls =
                IntStream.range(0, 100)
                        .mapToObj(i -> call(i, "Look", "n" + i))
                        .toArray(ObjectNode[]::new);
        agent.api.answer("tool_use", calls).text("Done");
        run();
        assertThat(agent.toolResults()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void theInputThatTheUserHasChangedIsUsed() {
        agent.permissions = new AskingPermissions();
        agent.tools.add(FakeTool.writing("Change", FakeTool.echo()));
        agent.api.answer("tool_use", call(1, "Change", "old")).text("Done");
        agent.start();
        agent.prompt("go");
        ObjectNode decision = Json.object().put("behavior", "allow");
        decision.set("updatedInput", FakeTool.input("new"));
        agent.reply(agent.events.awaitAsk(1), decision);
        agent.events.awaitResult(1);
        assertThat(agent.toolResults()).containsExactly("new");
    }

    @Test
    void theInputThatTheUserHasChangedIsValidatedAndJudgedAgain() {
        agent.permissions = new AskingPermissions("secret");
        agent.tools.add(FakeTool.writing("Change", FakeTool.echo()));
        agent.api.answer("tool_use", call(1, "Change", "a"), call(2, "Change", "b")).text("Done");
        agent.start();
        agent.prompt("go");
        ObjectNode invalid = Json.object().put("behavior", "allow");
        invalid.putObject("updatedInput").put("name", 5);
        agent.reply(agent.events.awaitAsk(1), invalid);
        ObjectNode denied = Json.object().put("behavior", "allow");
        denied.set("updatedInput", FakeTool.input("secret"));
        agent.reply(agent.events.awaitAsk(2), denied);
        JsonNode result = agent.events.awaitResult(1);
        assertThat(agent.toolResults().getFirst()).contains("InputValidationError");
        assertThat(agent.toolResults().getLast()).isEqualTo("Denied by a rule.");
        assertThat(result.path("permission_denials")).hasSize(1);
    }

    @Test
    void aDenialIsToldToTheModelAndListedInTheResult() {
        agent.permissions = new AskingPermissions();
        agent.tools.add(FakeTool.writing("Change", FakeTool.echo()));
        agent.api.answer("tool_use", call(1, "Change", "a")).text("Done");
        agent.start();
        agent.prompt("go");
        Message ask = agent.events.awaitAsk(1);
        assertThat(ask.tree().path("request").path("tool_use_id").asText()).isEqualTo("toolu_1");
        agent.reply(ask, Json.object().put("behavior", "deny").put("message", "Leave it."));
        JsonNode result = agent.events.awaitResult(1);
        assertThat(result.path("result").asText()).isEqualTo("Done");
        assertThat(agent.toolResults()).containsExactly("Leave it.");
        assertThat(result.path("permission_denials").path(0).path("tool_name").asText())
                .isEqualTo("Change");
    }

    @Test
    void anAskThatCannotBeAnsweredIsADenial() {
        agent.permissions = new AskingPermissions();
        agent.tools.add(FakeTool.writing("Change", FakeTool.echo()));
        agent.api.answer("tool_use", call(1, "Change", "a")).text("Done");
        agent.start();
        agent.prompt("go");
        ObjectNode line = Json.object().put("type", "control_response");
        line.putObject("response")
                .put("subtype", "error")
                .put("request_id", agent.events.awaitAsk(1).requestId())
                .put("error", "host could not ask");
        agent.agent().reply(Message.of(line));
        agent.events.awaitResult(1);
        assertThat(agent.toolResults())
                .containsExactly("Tool permission request failed: Error: host could not ask");
    }

    @Test
    void aToolThatFailsDoesNotEndTheTurn() {
        agent.tools.add(
                FakeTool.writing(
                        "Change",
                        (_, _) -> {
                            throw new IllegalStateException("a fault with /private/detail");
                        }));
        agent.api.answer("tool_use", call(1, "Change", "a")).text("Done");
        run();
        assertThat(agent.toolResults()).containsExactly("The tool failed with an internal error.");
    }

    @Test
    void aPromptThatIsSentDuringAToolCallFollowsItsResult() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        agent.tools.add(
                FakeTool.writing(
                        "Change",
                        (_, _) -> {
                            started.countDown();
                            sent.await();
                            return FakeTool.ok("changed");
                        }));
        agent.api.answer("tool_use", call(1, "Change", "a")).text("Done");
        agent.start();
        String first = agent.prompt("go");
        started.await();
        String second = agent.promptInMidTurn("and the tests");
        sent.countDown();
        JsonNode result = agent.events.awaitResult(1);
        assertThat(result.path("user_message_uuids").valueStream().map(JsonNode::asText))
                .containsExactly(first, second);
        assertThat(agent.lifecycle(second)).containsExactly("queued", "started", "completed");
        JsonNode last =
                ScriptedApiAgent.parse(agent.api.requests().getLast().messages().getLast())
                        .path("content");
        assertThat(last.path(0).path("type").asText()).isEqualTo("tool_result");
        assertThat(last.path(1).path("text").asText()).isEqualTo("and the tests");
    }

    @Test
    void aModelThatRepeatsACallIsRemindedAndThenEnded() {
        agent.tools.add(FakeTool.writing("Change", FakeTool.echo()));
        IntStream.range(0, 10)
                .forEach(i -> agent.api.answer("tool_use", call(i, "Change", "same")));
        agent.start();
        agent.prompt("go");
        JsonNode result = agent.events.awaitResult(1);
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(agent.userTexts()).hasSize(1);
        assertThat(agent.toolResults()).hasSize(10);
    }

    private void run() {
        agent.start();
        agent.prompt("go");
        assertThat(agent.events.awaitResult(1).path("result").asText()).isEqualTo("Done");
    }

    private static ObjectNode call(int number, String tool, String name) {
        return FakeApi.toolUse("toolu_" + number, tool, FakeTool.input(name));
    }

    /// The names of the tools in the requests.
    @Test
    void toolsAreSentSortedWithOneCacheMarker() {
        agent.tools.add(FakeTool.reading("Zap", FakeTool.echo()));
        agent.tools.add(FakeTool.reading("Add", FakeTool.echo()));
        agent.api.text("Done");
        run();
        List<ObjectNode> sent = agent.api.requests().getLast().tools();
        assertThat(sent).extracting(t -> t.path("name").asText()).containsExactly("Add", "Zap");
        assertThat(sent).extracting(t -> t.has("cache_control")).containsExactly(false, true);
    }
}
