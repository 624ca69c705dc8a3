package dev.oriel.agent.cli.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentEvent.Exited;
import dev.oriel.agent.AgentEvent.MalformedLine;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentEvent.StdoutLine;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.cli.process.CliProcess;
import dev.oriel.agent.cli.process.ExitReasonTracker;
import dev.oriel.agent.cli.process.StdinWriter;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.claude.FakeStdin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Where each line of a CLI goes, without a process.
@Timeout(30)
class CliMessageRouterTest {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final FakeStdin process = new FakeStdin();
    private final StdinWriter stdin = new StdinWriter(process);
    private final PendingControlRequests requests = new PendingControlRequests(clock, stdin::send);
    private final PendingCliAsks asks = new PendingCliAsks();
    private final CliTurnTracker turn = new CliTurnTracker();
    private final ForwardedToTest clients = new ForwardedToTest();
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final CliMessageRouter router =
            new CliMessageRouter(
                    new RecordedEvents(),
                    stdin,
                    requests,
                    asks,
                    new CliTools(ToolHost.NONE, requests, stdin, Json.object()),
                    new ForwardedRequests(clients, stdin::send),
                    turn,
                    new ExitReasonTracker(new Resumed(UUID.randomUUID())));

    private final class RecordedEvents implements AgentListener {
        @Override
        public void onEvent(AgentEvent event) {
            events.add(event);
        }

        @Override
        public void onEvents(List<AgentEvent> batch) {
            batches.add(batch.size());
            events.addAll(batch);
        }
    }

    private static final class ForwardedToTest implements ClientRequestHandler {
        private final List<Message> received = new ArrayList<>();
        private final CompletableFuture<ObjectNode> reply = new CompletableFuture<>();

        @Override
        public ObjectNode declarations() {
            return Json.object();
        }

        @Override
        public CompletableFuture<ObjectNode> forward(Message request) {
            received.add(request);
            return reply;
        }
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
        stdin.close();
    }

    private void receive(String... lines) {
        for (String line : lines) {
            router.onLine(line.getBytes(StandardCharsets.UTF_8));
        }
        router.onBatchEnd();
    }

    private List<String> types() {
        return events.stream()
                .map(e -> e instanceof Output(Message m) ? m.type() : e.getClass().getSimpleName())
                .toList();
    }

    private static String request(String subtype) {
        return "{\"type\":\"control_request\",\"request_id\":\"7\",\"request\":{\"subtype\":\"%s\"}}"
                .formatted(subtype);
    }

    @Test
    void messagesThatWereReadTogetherArePassedOnTogether() {
        receive("{\"type\":\"stream_event\"}", "{\"type\":\"assistant\"}");
        receive("{\"type\":\"future\"}");
        receive();
        assertThat(types()).containsExactly("stream_event", "assistant", "future");
        assertThat(batches).containsExactly(2, 1);
    }

    @Test
    void aRunOfMalformedLinesIsReportedOnce() {
        receive("Warning", "[1]", "{\"type\":\"system\"}", "again");
        assertThat(types())
                .containsExactly(
                        MalformedLine.class.getSimpleName(),
                        StdoutLine.class.getSimpleName(),
                        StdoutLine.class.getSimpleName(),
                        "system",
                        MalformedLine.class.getSimpleName(),
                        StdoutLine.class.getSimpleName());
    }

    @Test
    void aLineThatIsTooLongIsReported() {
        router.onLineTooLong();
        router.onBatchEnd();
        assertThat(types()).containsExactly(MalformedLine.class.getSimpleName());
    }

    @Test
    void aRequestThatCannotBeReadGetsAnError() {
        receive("{\"type\":\"control_request\",\"request_id\":\"9\",\"request\":");
        assertThat(process.awaitLines(1).getFirst())
                .contains("\"request_id\":\"9\"", "\"error\"", "control_response");
    }

    @Test
    void aRequestThatNothingHandlesGetsAnError() {
        receive(request("from_the_future"));
        assertThat(process.awaitLines(1).getFirst())
                .contains("\"request_id\":\"7\"", "\"subtype\":\"error\"");
        assertThat(events).isEmpty();
    }

    @Test
    void anAskIsPassedOnAndItsReplyIsAwaited() throws Exception {
        receive(request("can_use_tool"));
        assertThat(types()).containsExactly("control_request");
        assertThat(
                        asks.complete(
                                Message.parse(
                                        "{\"type\":\"control_response\",\"response\":{\"request_id\":\"7\"}}")))
                .isPresent();
    }

    @Test
    void aWithdrawnAskIsPassedOnAndNotAwaitedAnyMore() throws Exception {
        receive(
                request("can_use_tool"),
                "{\"type\":\"control_cancel_request\",\"request_id\":\"7\"}");
        assertThat(types()).containsExactly("control_request", "control_cancel_request");
        assertThat(
                        asks.complete(
                                Message.parse(
                                        "{\"type\":\"control_response\",\"response\":{\"request_id\":\"7\"}}")))
                .isEmpty();
    }

    @Test
    void aHookIsForwardedToItsClientWhoseReplyGoesToTheCli() {
        receive(request("hook_callback"));
        assertThat(clients.received).hasSize(1);
        assertThat(events).isEmpty();
        clients.reply.complete(Json.object().put("subtype", "success"));
        assertThat(process.awaitLines(1).getFirst())
                .contains("\"request_id\":\"7\"", "\"subtype\":\"success\"");
    }

    @Test
    void aResponseCompletesItsRequestAndIsNotPassedOn() throws Exception {
        var response =
                requests.send(Json.object().put("subtype", "mcp_status"), Duration.ofMinutes(1));
        String id =
                Json.mapper()
                        .readTree(process.awaitLines(1).getFirst())
                        .path("request_id")
                        .asText();
        receive(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"%s\"}}"
                        .formatted(id));
        assertThat(response).isCompleted();
        assertThat(events).isEmpty();
    }

    @Test
    void aTurnRunsFromItsInitToItsResult() {
        receive("{\"type\":\"system\",\"subtype\":\"init\"}");
        assertThat(turn.isRunning()).isTrue();
        receive("{\"type\":\"result\"}");
        assertThat(turn.isRunning()).isFalse();
    }

    @Test
    void aResultThatReportsAMissingConversationIsNotPassedOn() {
        receive("{\"type\":\"result\",\"errors\":[\"No conversation found with session ID: x\"]}");
        assertThat(events).isEmpty();
    }

    /// A process that inherited standard error may write on.
    @Test
    void nothingFollowsTheExit() {
        receive("{\"type\":\"system\"}");
        router.onStderr(List.of("before"));
        CliProcess notNeeded = null; // because no turn runs
        router.onExited(notNeeded, 3, List.of("before"));
        router.onStderr(List.of("after"));
        assertThat(events).last().isEqualTo(new Exited(3, ExitCause.ASKED, List.of("before")));
        assertThat(types()).containsExactly("system", "StderrLine", "Exited");
        assertThat(router.exited()).isCompleted();
    }
}
