package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.manual.ManualSessionLane;
import dev.oriel.testing.manual.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How long a turn stays open for messages that were sent in its middle.
class MidTurnPromptsTest {
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final ManualSessionLane lane = new ManualSessionLane();
    private final ManualTimer timer = new ManualTimer();
    private final ReceivingAgent agent = new ReceivingAgent();
    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private int finished;
    private final MidTurnPrompts prompts = new MidTurnPrompts(lane, timer, () -> finished++);

    private void send(UUID uuid) {
        prompts.send(agent, UserMessages.prompt(uuid, "also"));
    }

    private void pass(Duration time) {
        timer.advance(time);
        lane.runAll();
    }

    /// A result of a CLI that names the messages that it answers.
    private static JsonNode resultFor(UUID... answered) {
        ObjectNode result = Json.object().put("type", "result");
        ArrayNode uuids = result.putArray("user_message_uuids");
        for (UUID uuid : answered) {
            uuids.add(uuid.toString());
        }
        return result;
    }

    /// A result of an older CLI.
    private static JsonNode plainResult() {
        return Json.object().put("type", "result");
    }

    private static Message lifecycle(UUID uuid, String state) {
        return Message.of(
                Json.object()
                        .put("type", "command_lifecycle")
                        .put("command_uuid", uuid.toString())
                        .put("state", state));
    }

    @Test
    void withoutSuchMessagesEveryResultIsTheLast() {
        assertThat(prompts.onResult(plainResult())).isTrue();
        assertThat(prompts.isBetweenTurns()).isFalse();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void aResultThatNamesAllOfThemIsTheLast() {
        send(one);
        send(two);
        assertThat(agent.received).hasSize(2);
        assertThat(prompts.onResult(resultFor(one, two))).isTrue();
    }

    @Test
    void aResultThatNamesOneOfTwoIsFollowedByAnother() {
        send(one);
        send(two);
        assertThat(prompts.onResult(resultFor(one))).isFalse();
        assertThat(prompts.isBetweenTurns()).isTrue();
        prompts.onTurnStarted();
        assertThat(prompts.isBetweenTurns()).isFalse();
        assertThat(prompts.onResult(resultFor(two))).isTrue();
        pass(Duration.ofHours(1));
        assertThat(finished).as("the last result has finished the turn").isZero();
    }

    @Test
    void aFurtherTurnIsAwaitedForHalfAMinute() {
        send(one);
        prompts.onResult(resultFor());
        pass(Duration.ofSeconds(30).minusMillis(1));
        assertThat(finished).isZero();
        pass(Duration.ofMillis(1));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void withAnOlderCliAFurtherTurnIsAwaitedForAMoment() {
        send(one);
        assertThat(prompts.onResult(plainResult())).isFalse();
        pass(MOMENT.minusMillis(1));
        assertThat(finished).isZero();
        pass(Duration.ofMillis(1));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void aMessageThatIsSentBetweenTurnsIsAwaitedForHalfAMinute() {
        send(one);
        prompts.onResult(plainResult());
        pass(MOMENT.minusMillis(1));
        send(two);
        pass(Duration.ofSeconds(30).minusMillis(1));
        assertThat(finished).isZero();
        pass(Duration.ofMillis(1));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void anIdleAgentShortensTheWaitToAMoment() {
        send(one);
        prompts.onResult(resultFor());
        prompts.onAgentIdle();
        assertThat(timer.pending()).isEqualTo(1);
        pass(MOMENT);
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void anIdleReportDuringATurnEndsNothing() {
        send(one);
        prompts.onAgentIdle();
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "cancelled"})
    void theWaitEndsWithTheLastMessageThatTheAgentSettles(String state) {
        send(one);
        send(two);
        prompts.onResult(resultFor());
        prompts.onLifecycle(lifecycle(one, state));
        prompts.onLifecycle(lifecycle(UUID.randomUUID(), state));
        prompts.onLifecycle(lifecycle(two, "started"));
        assertThat(finished).isZero();
        prompts.onLifecycle(lifecycle(two, state));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void aMessageThatIsSettledDuringTheTurnDoesNotFinishIt() {
        send(one);
        prompts.onLifecycle(lifecycle(one, "completed"));
        assertThat(finished).isZero();
        assertThat(prompts.onResult(plainResult())).isTrue();
    }

    @Test
    void theAgentIsAskedToDropEachOfThem() {
        send(one);
        send(two);
        prompts.cancel(agent);
        assertThat(agent.requests)
                .extracting(r -> r.path("subtype").asText() + " " + r.path("message_uuid").asText())
                .containsExactly("cancel_async_message " + one, "cancel_async_message " + two);
        assertThat(prompts.onResult(plainResult())).isTrue();
    }

    @Test
    void nothingFinishesATurnThatHasEnded() {
        send(one);
        prompts.onResult(resultFor());
        timer.advance(Duration.ofSeconds(30));
        prompts.clear();
        lane.runAll();
        assertThat(finished).isZero();
        assertThat(prompts.isBetweenTurns()).isFalse();
        assertThat(prompts.onResult(plainResult())).isTrue();
    }

    @Test
    void theEndOfAnEarlierWaitDoesNotEndALaterOne() {
        send(one);
        prompts.onResult(resultFor());
        timer.advance(Duration.ofSeconds(30));
        prompts.onTurnStarted();
        prompts.onResult(resultFor());
        lane.runAll();
        assertThat(finished).isZero();
        pass(Duration.ofSeconds(30));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void aTurnOfTheAgentItselfSuspendsTheWait() {
        send(one);
        prompts.onResult(resultFor());
        prompts.onTurnStarted();
        assertThat(prompts.isBetweenTurns()).isFalse();
        assertThat(prompts.onOtherResult()).isTrue();
        assertThat(prompts.isBetweenTurns()).isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void aTurnOfTheAgentItselfDuringTheTurnSuspendsNothing() {
        send(one);
        prompts.onTurnStarted();
        assertThat(prompts.onOtherResult()).isFalse();
        assertThat(prompts.isBetweenTurns()).isFalse();
    }

    @Test
    void nothingIsAwaitedAfterThatTurnIfAllMessagesAreSettledInIt() {
        send(one);
        prompts.onResult(resultFor());
        prompts.onTurnStarted();
        prompts.onLifecycle(lifecycle(one, "cancelled"));
        assertThat(finished).as("the agent is at work").isZero();
        assertThat(prompts.onOtherResult()).isTrue();
        assertThat(finished).isEqualTo(1);
        assertThat(prompts.isBetweenTurns()).isFalse();
    }

    @Test
    void aMessageIsLateIfNoResultFollowsIt() {
        send(one);
        assertThat(prompts.isSentAfterResult()).isFalse();
        prompts.onResult(resultFor());
        send(two);
        assertThat(prompts.isSentAfterResult()).isTrue();
        prompts.onTurnStarted();
        prompts.onResult(resultFor(two));
        assertThat(prompts.isSentAfterResult()).isFalse();
    }

    @Test
    void aLateMessageThatTheAgentHasCompletedIsNotDropped() {
        send(one);
        prompts.onResult(resultFor());
        send(two);
        prompts.onLifecycle(lifecycle(one, "completed"));
        prompts.onLifecycle(lifecycle(two, "completed"));
        assertThat(finished).isEqualTo(1);
        assertThat(prompts.isSentAfterResult()).isFalse();
    }

    @Test
    void anotherAgentGetsWhatIsStillOpen() {
        send(one);
        send(two);
        prompts.onLifecycle(lifecycle(one, "completed"));
        prompts.onAgentExited();
        var next = new ReceivingAgent();
        prompts.resend(next);
        assertThat(next.received).extracting(Message::uuid).containsExactly(two.toString());
    }

    /// Keeps what it is sent.
    private static final class ReceivingAgent implements Agent {
        private final List<Message> received = new ArrayList<>();
        private final List<ObjectNode> requests = new ArrayList<>();

        @Override
        public void sendMidTurnPrompt(Message user) {
            received.add(user);
        }

        @Override
        public CompletableFuture<ObjectNode> sendControlRequest(
                ObjectNode request, Duration deadline) {
            requests.add(request);
            return new CompletableFuture<>();
        }

        @Override
        public void sendPrompt(Message user) {
            throw new UnsupportedOperationException("only in the middle of a turn");
        }

        @Override
        public void reply(Message response) {
            throw new UnsupportedOperationException("it asks nothing");
        }

        @Override
        public CompletableFuture<Void> interrupt() {
            throw new UnsupportedOperationException("it is not interrupted");
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("it runs on");
        }
    }
}
