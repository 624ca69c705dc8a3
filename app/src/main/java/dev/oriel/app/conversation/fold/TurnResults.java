package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns `result` messages into the items that end a turn.
///
/// `total_cost_usd` accumulates over the life of the agent's process. So the cost of a turn is a
/// difference, which is unknown for the first turn of a part until the part before it is held.
final class TurnResults {
    private boolean interrupted;
    private @Nullable Double lastTotal;
    private @Nullable Double firstTotal;
    private String firstId = "";

    /// The first result of this part, unless an agent exited before it; empty if there is none.
    private String firstTurn = "";

    private boolean begun;

    void markInterrupted() {
        interrupted = true;
    }

    /// The agent exited: its last messages do not apply to the next turn.
    void reset() {
        interrupted = false;
        begun = true;
    }

    /// The items of a result; none for a command that ran without the model.
    ///
    /// @param outcome see [#outcome]
    List<Item> finish(String id, long seq, JsonNode result, Outcome outcome) {
        List<Item> made = new ArrayList<>();
        if (!begun) {
            firstTurn = id;
            begun = true;
        }
        if (result.path("num_turns").asInt(1) > 0 || outcome != Outcome.COMPLETED) {
            JsonNode usage = result.path("usage");
            JsonNode ms = result.path("duration_ms");
            made.add(
                    new Item.TurnEnd(
                            id,
                            seq,
                            outcome,
                            ms.isNumber() ? Duration.ofMillis(ms.asLong()) : null,
                            tokensIn(usage),
                            usage.path("output_tokens").asLong(),
                            cost(id, result.path("total_cost_usd"))));
        }
        interrupted = false;
        return made;
    }

    private @Nullable Double cost(String id, JsonNode total) {
        if (!total.isNumber()) {
            return null;
        }
        Double before = lastTotal;
        double now = total.asDouble();
        lastTotal = now;
        if (before == null) {
            firstTotal = now;
            firstId = id;
            return null;
        }
        return now >= before ? now - before : now;
    }

    /// The conversation starts with this part.
    void markStart(List<Item> items) {
        settleFirst(items, 0.0);
        if (lastTotal == null) {
            lastTotal = 0.0;
        }
    }

    /// Joins the part that comes right before this one.
    void joinOlder(TurnResults older, List<Item> items) {
        if (older.interrupted) {
            stop(items, firstTurn);
        }
        if (older.begun) {
            firstTurn = older.firstTurn;
            begun = true;
        }
        if (older.lastTotal != null) {
            settleFirst(items, older.lastTotal);
            firstTotal = older.firstTotal;
            firstId = older.firstId;
            if (lastTotal == null) {
                lastTotal = older.lastTotal;
            }
        }
    }

    /// The part before tells that the user interrupted this turn; so its end is no failure.
    private static void stop(List<Item> items, String turn) {
        items.removeIf(i -> i.id().equals(Timeline.failureId(turn)));
        items.replaceAll(i ->
                i instanceof Item.TurnEnd e && e.id().equals(turn)
                        ? new Item.TurnEnd(
                                e.id(),
                                e.seq(),
                                Outcome.STOPPED,
                                e.took(),
                                e.tokensIn(),
                                e.tokensOut(),
                                e.costUsd())
                        : i);
    }

    /// The start of this part was dropped.
    void dropStart() {
        firstTotal = null;
        firstId = "";
    }

    private void settleFirst(List<Item> items, double before) {
        if (firstTotal == null) {
            return;
        }
        double cost = firstTotal >= before ? firstTotal - before : firstTotal;
        items.replaceAll(i ->
                i instanceof Item.TurnEnd e && e.id().equals(firstId)
                        ? new Item.TurnEnd(
                                e.id(),
                                e.seq(),
                                e.outcome(),
                                e.took(),
                                e.tokensIn(),
                                e.tokensOut(),
                                cost)
                        : i);
        firstTotal = null;
    }

    /// How the turn ended.
    Outcome outcome(JsonNode result) {
        // An old CLI ends an interrupted turn with is_error false, so earlier messages count too.
        if (interrupted || MessageFields.text(result, "terminal_reason").startsWith("aborted")) {
            return Outcome.STOPPED;
        }
        boolean failed =
                result.path("is_error").asBoolean()
                        || MessageFields.text(result, "subtype").startsWith("error");
        return failed ? Outcome.FAILED : Outcome.COMPLETED;
    }

    /// All tokens that the model received, cached or not.
    private static long tokensIn(JsonNode usage) {
        long written = usage.path("cache_creation_input_tokens").asLong();
        long byLife = 0;
        for (JsonNode part : usage.path("cache_creation")) {
            byLife += part.asLong();
        }
        return usage.path("input_tokens").asLong()
                + usage.path("cache_read_input_tokens").asLong()
                + Math.max(written, byLife);
    }
}
