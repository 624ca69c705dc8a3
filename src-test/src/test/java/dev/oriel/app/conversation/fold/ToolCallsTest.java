package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.message.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The states of tool calls, by what arrives and in which order.
class ToolCallsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final ItemWindow window = new ItemWindow();
    private final ToolCalls calls = new ToolCalls(window);

    private static void call(ToolCalls in, String id, long seq, Instant at) {
        ObjectNode block = Json.object().put("id", id).put("name", "Bash");
        block.putObject("input").put("command", "ls");
        in.addCall(block, seq, at);
    }

    private void call(String id) {
        call(calls, id, 1, START);
    }

    private static void result(ToolCalls in, String id, boolean error, Instant at) {
        ObjectNode block =
                Json.object()
                        .put("tool_use_id", id)
                        .put("content", "output")
                        .put("is_error", error);
        in.addResult(block, Json.object().put("seq", 2), at);
    }

    private void result(String id, boolean error, long seconds) {
        result(calls, id, error, START.plusSeconds(seconds));
    }

    private static ToolRun run(ItemWindow in, String id) {
        return ((Item.Tool) Objects.requireNonNull(in.find(ToolCalls.itemId(id)))).run();
    }

    private ToolState state(String id) {
        return run(window, id).state();
    }

    @Test
    void aCallLastsUntilItsResult() {
        call("t");
        assertThat(state("t")).isEqualTo(new ToolState.Running(START, false));
        result("t", false, 3);
        assertThat(state("t")).isEqualTo(new ToolState.Ok(Duration.ofSeconds(3)));
        assertThat(Objects.requireNonNull(run(window, "t").output()).text()).isEqualTo("output");
    }

    @Test
    void aResultBeforeTheClockOfItsCallHasNoDuration() {
        call("t");
        result("t", false, -3);
        assertThat(state("t")).isEqualTo(new ToolState.Ok(null));
    }

    @Test
    void aCallThatIsRepeatedKeepsItsResult() {
        call("t");
        result("t", true, 1);
        call("t");
        assertThat(state("t")).isEqualTo(new ToolState.Failed(Duration.ofSeconds(1)));
        assertThat(run(window, "t").output()).isNotNull();
        assertThat(window.items()).hasSize(1);
    }

    @Test
    void aResultThatIsEarlierThanItsCallIsKeptForIt() {
        result("t", false, 0);
        assertThat(window.items()).isEmpty();
        call("t");
        assertThat(state("t")).isInstanceOf(ToolState.Ok.class);
        call("u");
        assertThat(state("u")).isInstanceOf(ToolState.Running.class);
    }

    @Test
    void onlyTheLatestResultsWithoutCallsAreKept() {
        for (int i = 0; i <= 500; i++) {
            result("t" + i, false, 0);
        }
        call("t0");
        call("t1");
        assertThat(state("t0")).isInstanceOf(ToolState.Running.class);
        assertThat(state("t1")).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void anAskThatPrecedesItsCallIsShownOnIt() {
        calls.addAsk("r", "t");
        call("t");
        assertThat(state("t")).isEqualTo(new ToolState.Running(START, true));
    }

    @Test
    void theTimeOfAToolCallCountsFromTheAnswerToItsAsk() {
        call("t");
        calls.addAsk("r", "t");
        assertThat(state("t")).isEqualTo(new ToolState.Running(START, true));
        Instant answered = START.plusSeconds(60);
        calls.removeAsk("r", answered);
        assertThat(state("t")).isEqualTo(new ToolState.Running(answered, false));
        result("t", false, 63);
        assertThat(state("t")).isEqualTo(new ToolState.Ok(Duration.ofSeconds(3)));
    }

    @Test
    void asksOfOtherOrFinishedCallsChangeNothing() {
        call("t");
        call("u");
        result("u", false, 1);
        calls.addAsk("r", "u");
        calls.addAsk("s", "gone");
        calls.removeAsk("unknown", START);
        calls.removeAllAsks(START.plusSeconds(9));
        assertThat(state("t")).isEqualTo(new ToolState.Running(START, false));
        assertThat(state("u")).isEqualTo(new ToolState.Ok(Duration.ofSeconds(1)));
    }

    @Test
    void allAsksAreSettledAtOnce() {
        call("t");
        call("u");
        calls.addAsk("r", "t");
        calls.addAsk("s", "u");
        Instant later = START.plusSeconds(9);
        calls.removeAllAsks(later);
        assertThat(state("t")).isEqualTo(new ToolState.Running(later, false));
        assertThat(state("u")).isEqualTo(new ToolState.Running(later, false));
    }

    @Test
    void atTheEndOfATurnOnlyRunningCallsAreStopped() {
        call("ok");
        result("ok", false, 1);
        call("denied");
        calls.deny("denied");
        call("running");
        calls.stopRunning();
        assertThat(state("ok")).isInstanceOf(ToolState.Ok.class);
        assertThat(state("denied")).isEqualTo(new ToolState.Denied());
        assertThat(state("running")).isEqualTo(new ToolState.Stopped());
    }

    @Test
    void aCallThatFailedLastWasStoppedWithTheTurn() {
        call("before");
        result("before", true, 1);
        calls.clearFailures();
        call("last");
        result("last", true, 1);
        calls.stopFailed();
        assertThat(state("before")).isInstanceOf(ToolState.Failed.class);
        assertThat(state("last")).isEqualTo(new ToolState.Stopped());
    }

    @Test
    void onlyAFailedCallIsReportedAsDeniedByTheTurn() {
        call("ok");
        result("ok", false, 1);
        call("failed");
        result("failed", true, 1);
        calls.denyFailed("ok");
        calls.denyFailed("failed");
        calls.denyFailed("gone");
        assertThat(state("ok")).isInstanceOf(ToolState.Ok.class);
        assertThat(state("failed")).isEqualTo(new ToolState.Denied());
    }

    @Test
    void aCallOfAnOlderPageGetsTheResultThatIsKnown() {
        result("t", false, 5);
        ItemWindow olderWindow = new ItemWindow();
        ToolCalls older = new ToolCalls(olderWindow);
        call(older, "t", 1, START);
        call(older, "u", 1, START);
        calls.joinOlder(older, false);
        assertThat(run(olderWindow, "t").state())
                .isEqualTo(new ToolState.Ok(Duration.ofSeconds(5)));
        assertThat(run(olderWindow, "u").state()).isEqualTo(new ToolState.Running(START, false));
    }

    @Test
    void aCallOfAFinishedTurnWithoutAResultWasStopped() {
        ItemWindow olderWindow = new ItemWindow();
        ToolCalls older = new ToolCalls(olderWindow);
        call(older, "t", 1, START);
        calls.joinOlder(older, true);
        assertThat(run(olderWindow, "t").state()).isEqualTo(new ToolState.Stopped());
    }

    @Test
    void resultsOfAnOlderPageWaitForStillOlderCalls() {
        ToolCalls older = new ToolCalls(new ItemWindow());
        result(older, "t", true, START);
        calls.joinOlder(older, false);
        call("t");
        assertThat(state("t")).isInstanceOf(ToolState.Failed.class);
    }

    @Test
    void aCallThatWasDroppedKeepsItsResultUntilItReturns() {
        call("t");
        result("t", false, 1);
        Item dropped = window.items().getFirst();
        window.removeStreamed(dropped.id());
        calls.retainResult(dropped);
        call("t");
        assertThat(state("t")).isEqualTo(new ToolState.Ok(null));
        assertThat(run(window, "t").output()).isNotNull();
    }
}
