package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.Tool;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import dev.oriel.session.BadRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ToolboxTest {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final AtomicLong left = new AtomicLong(10_000);
    private final Toolbox box =
            new Toolbox(
                    timer,
                    new Toolbox.Room() {
                        @Override
                        public boolean reserve(long bytes) {
                            boolean enough = left.get() >= bytes;
                            left.addAndGet(enough ? -bytes : 0);
                            return enough;
                        }

                        @Override
                        public void give(long bytes) {
                            left.addAndGet(bytes);
                        }
                    });
    private final Runner one = new Runner();
    private final Runner two = new Runner();

    /// A client that remembers what it is told.
    private static final class Runner implements ToolOwner {
        final List<ToolCall> calls = new ArrayList<>();
        final List<String> withdrawn = new ArrayList<>();

        @Override
        public synchronized void call(ToolCall call) {
            calls.add(call);
        }

        @Override
        public synchronized void withdraw(String callId, String why) {
            withdrawn.add(callId);
        }

        synchronized String lastCall() {
            return calls.getLast().id();
        }

        synchronized List<String> withdrawn() {
            return List.copyOf(withdrawn);
        }
    }

    private static final Duration SHORT = Duration.ofSeconds(1);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static ToolDefinition tool(String name, Duration timeout) {
        return new ToolDefinition(new Tool(name, "", Json.object()), timeout);
    }

    private static ToolDefinition tool(String name) {
        return tool(name, Duration.ofMinutes(1));
    }

    private CompletableFuture<ToolResult> called(String name) {
        return box.call(name, Json.object());
    }

    /// Number 39: what the sessions' tools take is counted, and given back.
    @Test
    void toolsTakeRoomUntilTheyAreGone() throws Exception {
        var large = new ToolDefinition(new Tool("a", "x".repeat(6_000), Json.object()), SHORT);
        var other = new ToolDefinition(new Tool("b", "x".repeat(6_000), Json.object()), SHORT);
        box.put(one, large);
        assertThatThrownBy(() -> box.put(two, other)).isInstanceOf(BadRequestException.class);
        assertThat(box.tools()).hasSize(1);
        box.put(two, tool("a"));
        assertThat(left.get()).isGreaterThan(9_900);
        box.put(one, other);
        box.remove(one);
        box.put(one, other);
        box.clear();
        assertThat(left.get()).isEqualTo(10_000);
        assertThat(box.tools()).isEmpty();
    }

    @Test
    void aCallGoesToItsOwnerAndTheAnswerBack() throws Exception {
        box.put(one, tool("a"));
        box.put(two, tool("b"));
        var result = box.call("a", Json.object().put("x", 1));

        assertThat(two.calls).isEmpty();
        assertThat(one.calls.getFirst().input().path("x").asInt()).isEqualTo(1);
        assertThat(result).isNotDone();
        assertThat(box.answer(one, one.lastCall(), ToolResult.of("yes"))).isTrue();
        assertThat(result).isCompletedWithValue(ToolResult.of("yes"));
        assertThat(timer.getQueue()).allMatch(t -> ((java.util.concurrent.Future<?>) t).isDone());
    }

    @Test
    void onlyTheOneThatWasCalledCanAnswerAndOnlyOnce() throws Exception {
        box.put(one, tool("a"));
        box.put(two, tool("b"));
        var result = called("a");

        assertThat(box.answer(two, one.lastCall(), ToolResult.of("no"))).isFalse();
        assertThat(box.answer(one, "another", ToolResult.of("no"))).isFalse();
        assertThat(result).isNotDone();
        assertThat(box.answer(one, one.lastCall(), ToolResult.of("yes"))).isTrue();
        assertThat(box.answer(one, one.lastCall(), ToolResult.of("twice"))).isFalse();
    }

    @Test
    void silenceIsAnErrorAndTheClientIsTold() throws Exception {
        box.put(one, tool("a", Duration.ofMillis(1_500)));
        box.put(two, tool("b", Duration.ofMillis(10)));
        var patient = called("a");
        var hasty = called("b").get(10, TimeUnit.SECONDS);

        assertThat(hasty.isError()).isTrue();
        assertThat(hasty.text()).isEqualTo("The tool b did not answer within 0.01 seconds.");
        Awaitility.await()
                .untilAsserted(() -> assertThat(two.withdrawn()).containsExactly(two.lastCall()));
        assertThat(box.answer(two, two.lastCall(), ToolResult.of("late"))).isFalse();
        assertThat(patient.get(10, TimeUnit.SECONDS).text()).contains("1.5 seconds");
    }

    @Test
    void aClientThatLeavesTakesItsToolsAndItsCallsFail() throws Exception {
        box.put(one, tool("a"));
        box.put(two, tool("b"));
        var lost = called("a");
        var other = called("b");

        assertThat(box.remove(one)).isTrue();
        assertThat(lost.join())
                .isEqualTo(ToolResult.error("The client that runs the tool a has disconnected."));
        assertThat(other).isNotDone();
        assertThat(box.tools()).extracting(Tool::name).containsExactly("b");
        assertThat(called("a").join().isError()).isTrue();
        assertThat(box.remove(one)).isFalse();
    }

    @Test
    void aNameBelongsToWhoDefinedItLast() throws Exception {
        box.put(one, tool("a"));
        var before = called("a");
        box.put(two, tool("a"));
        called("a");

        assertThat(box.tools()).hasSize(1);
        assertThat(two.calls).hasSize(1);
        assertThat(box.answer(one, one.lastCall(), ToolResult.of("mine"))).isTrue();
        assertThat(before).isCompletedWithValue(ToolResult.of("mine"));
        assertThat(box.remove(one)).isFalse();
        assertThat(box.tools()).hasSize(1);
    }

    @Test
    void aCallThatNobodyWaitsForIsTakenBack() throws Exception {
        box.put(one, tool("a"));
        called("a").cancel(false);

        assertThat(one.withdrawn()).containsExactly(one.lastCall());
        assertThat(box.answer(one, one.lastCall(), ToolResult.of("late"))).isFalse();
    }

    @Test
    void thereIsAnEndToTools() throws Exception {
        for (int i = 0; i < 100; i++) {
            box.put(one, tool("t" + i));
        }
        box.put(two, tool("t7"));
        assertThatThrownBy(() -> box.put(one, tool("more")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("100");
    }
}
