package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.api.AskingPermissions;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.FakeTool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interrupts at every moment of a turn: each ends it at once, with a result for each call of the
/// model, and the next prompt is answered.
class ApiInterruptTest {
    private static final String INTERRUPTED = "[Request interrupted by user]";
    private static final String INTERRUPTED_TOOLS = "[Request interrupted by user for tool use]";

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
    void beforeTheFirstEvent() {
        agent.api.stalls();
        agent.start();
        agent.prompt("hi");
        agent.events.awaitMessage(m -> m.tree().path("status").asText().equals("requesting"));
        agent.agent().interrupt().join();
        assertEnds("aborted_streaming");
        assertThat(agent.events.messages("assistant")).isEmpty();
        assertThat(agent.userTexts()).containsExactly(INTERRUPTED);
        assertNextIsAnswered();
    }

    @Test
    void afterACompleteCallWhileTheAnswerGoesOn() {
        ObjectNode[] call =
                FakeApi.response(
                        "tool_use", FakeApi.toolUse("toolu_1", "Run", FakeTool.input("x")));
        agent.tools.add(FakeTool.writing("Run", FakeTool.echo()));
        agent.api.stalls(call[0], call[1], call[2], call[3]);
        agent.start();
        agent.prompt("hi");
        agent.events.awaitMessage(m -> "content_block_stop".equals(m.eventType()));
        agent.agent().interrupt().join();
        assertEnds("aborted_streaming");
        assertThat(agent.toolResults()).containsExactly(INTERRUPTED_TOOLS);
        assertThat(agent.userTexts()).containsExactly(INTERRUPTED);
        assertNextIsAnswered();
        assertNoCallIsOpen();
    }

    @Test
    void whileToolsRun() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        agent.tools.add(FakeTool.reading("Look", FakeTool.blocking(started)));
        agent.tools.add(FakeTool.writing("Run", FakeTool.echo()));
        agent.api.answer(
                "tool_use",
                FakeApi.toolUse("toolu_1", "Look", FakeTool.input("a")),
                FakeApi.toolUse("toolu_2", "Look", FakeTool.input("b")),
                FakeApi.toolUse("toolu_3", "Run", FakeTool.input("c")));
        agent.start();
        agent.prompt("hi");
        started.await();
        agent.agent().interrupt().join();
        assertEnds("aborted_tools");
        assertThat(agent.toolResults()).containsOnly(INTERRUPTED_TOOLS).hasSize(3);
        assertThat(agent.userTexts()).containsExactly(INTERRUPTED_TOOLS);
        assertNextIsAnswered();
        assertNoCallIsOpen();
    }

    @Test
    void whileAToolRunsThatIgnoresIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        agent.tools.add(
                FakeTool.writing(
                        "Run",
                        (_, _) -> {
                            started.countDown();
                            while (released.getCount() > 0) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            return FakeTool.ok("late");
                        }));
        agent.api.call("toolu_1", "Run", FakeTool.input("x"));
        agent.start();
        agent.prompt("hi");
        started.await();
        agent.agent().interrupt().join();
        assertEnds("aborted_tools");
        released.countDown();
        assertNextIsAnswered();
        assertThat(agent.toolResults()).containsExactly(INTERRUPTED_TOOLS);
    }

    @Test
    void whileTheServerIgnoresIt() {
        CountDownLatch never = new CountDownLatch(1);
        agent.api.then((_, _) -> {
            try {
                never.await(); // until the agent's thread is interrupted
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ApiException(ApiException.Kind.CONNECTION, 0, "", "Closed.", null, e);
            }
        });
        agent.start();
        agent.prompt("hi");
        agent.events.awaitMessage(m -> m.tree().path("status").asText().equals("requesting"));
        agent.agent().interrupt().join();
        assertEnds("aborted_streaming");
        assertNextIsAnswered();
    }

    @Test
    void whileAnAskIsOpen() {
        agent.permissions = new AskingPermissions();
        agent.tools.add(FakeTool.writing("Run", FakeTool.echo()).needing(ToolNeeds.user()));
        agent.api.call("toolu_1", "Run", FakeTool.input("x"));
        agent.start();
        agent.prompt("hi");
        Message ask = agent.events.awaitAsk(1);
        agent.agent().interrupt().join();
        Message withdrawn = agent.events.awaitMessage("control_cancel_request");
        assertThat(withdrawn.requestId()).isEqualTo(ask.requestId());
        assertEnds("aborted_tools");
        agent.reply(ask, Json.object().put("behavior", "allow"));
        assertNextIsAnswered();
        assertThat(agent.toolResults()).containsExactly(INTERRUPTED_TOOLS);
    }

    @Test
    void byADenialThatInterrupts() throws Exception {
        agent.permissions = new AskingPermissions();
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.reading("Look", FakeTool.blocking(started)));
        agent.tools.add(new FakeTool("Ask", true, ToolNeeds.user(), null, FakeTool.echo()));
        agent.api.answer(
                "tool_use",
                FakeApi.toolUse("toolu_1", "Look", FakeTool.input("a")),
                FakeApi.toolUse("toolu_2", "Ask", FakeTool.input("b")));
        agent.start();
        agent.prompt("hi");
        Message ask = agent.events.awaitAsk(1);
        started.await();
        agent.reply(
                ask,
                Json.object()
                        .put("behavior", "deny")
                        .put("message", "Not now.")
                        .put("interrupt", true));
        assertEnds("aborted_tools");
        assertThat(agent.toolResults()).containsExactly("Not now.", INTERRUPTED_TOOLS);
        assertNextIsAnswered();
    }

    @Test
    void behindThePromptStopsTheTurnThatItStarts() {
        ApiAgent created = agent.create();
        agent.prompt("hi");
        created.interrupt().join();
        created.start();
        assertEnds("aborted_streaming");
        assertThat(agent.api.requests()).isEmpty();
        assertNextIsAnswered();
    }

    @Test
    void leavesWaitingPromptsAloneOrDropsThem() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.writing("Run", FakeTool.blocking(started)));
        agent.api.call("toolu_1", "Run", FakeTool.input("x")).text("Second");
        agent.start();
        agent.prompt("hi");
        started.await();
        String second = agent.promptInMidTurn("second");
        JsonNode receipt = agent.control("interrupt").path("response");
        assertThat(receipt.path("still_queued").path(0).asText()).isEqualTo(second);
        assertThat(agent.events.awaitResult(2).path("result").asText()).isEqualTo("Second");
        assertThat(agent.lifecycle(second)).containsExactly("queued", "started", "completed");

        CountDownLatch again = new CountDownLatch(1);
        agent.tools.set(0, FakeTool.writing("Run", FakeTool.blocking(again)));
        agent.api.call("toolu_2", "Run", FakeTool.input("x"));
        agent.prompt("third");
        again.await();
        String fourth = agent.promptInMidTurn("fourth");
        JsonNode dropped =
                agent.control(Json.object().put("subtype", "interrupt").put("cancel_queued", true))
                        .path("response");
        assertThat(dropped.path("still_queued")).isEmpty();
        assertThat(dropped.path("cancelled").path(0).asText()).isEqualTo(fourth);
        agent.events.awaitResult(3);
        assertNextIsAnswered();
        assertThat(agent.lifecycle(fourth)).containsExactly("cancelled");
    }

    @Test
    void aClosedAgentEndsItsTurnAndExits() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        agent.tools.add(FakeTool.writing("Run", FakeTool.blocking(started)));
        agent.api.call("toolu_1", "Run", FakeTool.input("x"));
        agent.start();
        agent.prompt("hi");
        started.await();
        agent.agent().close();
        assertThat(agent.events.awaitExit().code()).isZero();
        assertThat(agent.toolResults()).containsExactly(INTERRUPTED_TOOLS);
    }

    private void assertEnds(String reason) {
        JsonNode result = agent.events.awaitResult(1);
        assertThat(result.path("terminal_reason").asText()).isEqualTo(reason);
        assertThat(result.path("subtype").asText()).isEqualTo("error_during_execution");
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(result.has("result")).isFalse();
        agent.events.awaitMessage(m -> m.tree().path("state").asText().equals("idle"));
    }

    private void assertNextIsAnswered() {
        int results = agent.events.messages("result").size();
        agent.api.text("Next");
        agent.prompt("again");
        assertThat(agent.events.awaitResult(results + 1).path("result").asText()).isEqualTo("Next");
    }

    /// The last request has a result for each call.
    private void assertNoCallIsOpen() {
        List<String> calls = blocks("tool_use", "id");
        assertThat(calls).isNotEmpty();
        assertThat(blocks("tool_result", "tool_use_id")).containsExactlyElementsOf(calls);
    }

    private List<String> blocks(String type, String id) {
        return agent.api.requests().getLast().messages().stream()
                .map(ScriptedApiAgent::parse)
                .flatMap(m -> m.path("content").valueStream())
                .filter(b -> b.path("type").asText().equals(type))
                .map(b -> b.path(id).asText())
                .toList();
    }
}
