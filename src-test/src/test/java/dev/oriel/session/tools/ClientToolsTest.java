package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.testing.manual.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Tools that clients define: whose they are, and calls that wait for their output.
class ClientToolsTest {
    private final ManualTimer timer = new ManualTimer();
    private final AtomicLong left = new AtomicLong(10_000);
    private final ClientTools box =
            new ClientTools(
                    timer,
                    new ClientTools.MemoryBudget() {
                        @Override
                        public boolean reserve(long bytes) {
                            boolean enough = left.get() >= bytes;
                            left.addAndGet(enough ? -bytes : 0);
                            return enough;
                        }

                        @Override
                        public void release(long bytes) {
                            left.addAndGet(bytes);
                        }
                    });
    private final RecordingOwner one = new RecordingOwner();
    private final RecordingOwner two = new RecordingOwner();

    /// A client that records its calls.
    private static final class RecordingOwner implements ToolOwner {
        final List<ToolCall> calls = new ArrayList<>();
        final List<String> withdrawn = new ArrayList<>();

        @Override
        public synchronized void onCall(ToolCall call) {
            calls.add(call);
        }

        @Override
        public synchronized void onWithdrawn(String callId, String why) {
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

    private static ToolDefinition tool(String name, Duration timeout) {
        return new ToolDefinition(new ExternalTool(name, "", Json.object()), timeout);
    }

    private static ToolDefinition tool(String name) {
        return tool(name, Duration.ofMinutes(1));
    }

    private CompletableFuture<ToolResult> call(String name) {
        return box.call(name, Json.object());
    }

    /// Fault 39 of FAULTS.md: the memory of tools is counted and released.
    @Test
    void toolsUseMemoryUntilTheyAreRemoved() throws Exception {
        var large =
                new ToolDefinition(new ExternalTool("a", "x".repeat(6_000), Json.object()), SHORT);
        var other =
                new ToolDefinition(new ExternalTool("b", "x".repeat(6_000), Json.object()), SHORT);
        box.define(one, large);
        assertThatThrownBy(() -> box.define(two, other)).isInstanceOf(BadRequestException.class);
        assertThat(box.tools()).hasSize(1);
        box.define(two, tool("a"));
        assertThat(left.get()).isGreaterThan(9_900);
        box.define(one, other);
        box.removeAll(one);
        box.define(one, other);
        box.clear();
        assertThat(left.get()).isEqualTo(10_000);
        assertThat(box.tools()).isEmpty();
    }

    @Test
    void aCallReachesItsOwnerAndTheOutputReturns() throws Exception {
        box.define(one, tool("a"));
        box.define(two, tool("b"));
        var result = box.call("a", Json.object().put("x", 1));

        assertThat(two.calls).isEmpty();
        assertThat(one.calls.getFirst().input().path("x").asInt()).isEqualTo(1);
        assertThat(result).isNotDone();
        assertThat(box.receiveOutput(one, one.lastCall(), ToolResult.of("yes"))).isTrue();
        assertThat(result).isCompletedWithValue(ToolResult.of("yes"));
        assertThat(timer.pending()).as("timeouts").isZero();
    }

    @Test
    void onlyTheCalledClientCanReturnAnOutputAndOnlyOnce() throws Exception {
        box.define(one, tool("a"));
        box.define(two, tool("b"));
        var result = call("a");

        assertThat(box.receiveOutput(two, one.lastCall(), ToolResult.of("no"))).isFalse();
        assertThat(box.receiveOutput(one, "another", ToolResult.of("no"))).isFalse();
        assertThat(result).isNotDone();
        assertThat(box.receiveOutput(one, one.lastCall(), ToolResult.of("yes"))).isTrue();
        assertThat(box.receiveOutput(one, one.lastCall(), ToolResult.of("twice"))).isFalse();
    }

    @Test
    void aTimeoutIsAnErrorAndTheClientIsNotified() throws Exception {
        box.define(one, tool("a", Duration.ofMillis(1_500)));
        box.define(two, tool("b", Duration.ofMillis(10)));
        var patient = call("a");
        var hasty = call("b");
        timer.advance(Duration.ofMillis(9));
        assertThat(hasty).isNotDone();
        timer.advance(Duration.ofMillis(1));

        assertThat(hasty)
                .isCompletedWithValue(
                        ToolResult.error("The tool b did not answer within 0.01 seconds."));
        assertThat(two.withdrawn()).containsExactly(two.lastCall());
        assertThat(box.receiveOutput(two, two.lastCall(), ToolResult.of("late"))).isFalse();
        assertThat(patient).isNotDone();
        timer.advance(Duration.ofMillis(1_490));
        assertThat(patient.join().text()).contains("1.5 seconds");
    }

    @Test
    void aClientThatLeavesRemovesItsToolsAndFailsItsCalls() throws Exception {
        box.define(one, tool("a"));
        box.define(two, tool("b"));
        var lost = call("a");
        var other = call("b");

        assertThat(box.removeAll(one)).isTrue();
        assertThat(lost.join())
                .isEqualTo(ToolResult.error("The client that runs the tool a has disconnected."));
        assertThat(other).isNotDone();
        assertThat(box.tools()).extracting(ExternalTool::name).containsExactly("b");
        assertThat(call("a").join().isError()).isTrue();
        assertThat(box.removeAll(one)).isFalse();
    }

    @Test
    void aNameBelongsToTheLastClientThatDefinedIt() throws Exception {
        box.define(one, tool("a"));
        var before = call("a");
        box.define(two, tool("a"));
        call("a");

        assertThat(box.tools()).hasSize(1);
        assertThat(two.calls).hasSize(1);
        assertThat(box.receiveOutput(one, one.lastCall(), ToolResult.of("mine"))).isTrue();
        assertThat(before).isCompletedWithValue(ToolResult.of("mine"));
        assertThat(box.removeAll(one)).isFalse();
        assertThat(box.tools()).hasSize(1);
    }

    @Test
    void aCancelledCallIsWithdrawn() throws Exception {
        box.define(one, tool("a"));
        call("a").cancel(false);

        assertThat(one.withdrawn()).containsExactly(one.lastCall());
        assertThat(box.receiveOutput(one, one.lastCall(), ToolResult.of("late"))).isFalse();
    }

    @Test
    void theNumberOfToolsIsLimited() throws Exception {
        for (int i = 0; i < 100; i++) {
            box.define(one, tool("t" + i));
        }
        box.define(two, tool("t7"));
        assertThatThrownBy(() -> box.define(one, tool("more")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("100");
    }
}
