package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tool calls of a stretch, each with what became of it.
final class ToolCalls {
    private static final int MAX_ORPHANS = 500;

    private final ItemWindow stretch;

    /// Results whose calls are not in this stretch.
    private final Map<String, Result> orphans = new LinkedHashMap<>();

    /// Calls that failed since Claude last said something.
    private final Set<String> failed = new HashSet<>();

    /// What the user is asked: the call that waits for it, by the id of the request.
    private final Map<String, String> asks = new LinkedHashMap<>();

    private record Result(ToolState state, @Nullable ToolOutput output, @Nullable Instant at) {}

    ToolCalls(ItemWindow stretch) {
        this.stretch = stretch;
    }

    static String itemId(String toolUseId) {
        return "tool:" + toolUseId;
    }

    /// @param block a `tool_use` of any kind
    void addCall(JsonNode block, long seq, @Nullable Instant at) {
        String id = MessageFields.text(block, "id");
        ToolState state = new ToolState.Running(at, asks.containsValue(id));
        ToolOutput output = null;
        Result orphan = orphans.remove(id);
        if (orphan != null) {
            state = ToolOutcomes.withDuration(orphan.state(), between(at, orphan.at()));
            output = orphan.output();
        } else if (stretch.find(itemId(id)) instanceof Item.Tool known
                && !known.run().isRunning()) {
            state = known.run().state();
            output = known.run().output();
        }
        ToolRun run =
                new ToolRun(
                        id,
                        MessageFields.toolName(block),
                        MessageFields.fields(block.path("input")),
                        state,
                        output,
                        List.of());
        stretch.put(new Item.Tool(itemId(id), seq, run));
    }

    /// @param block a result of any kind of tool
    /// @param tree the message around it
    void addResult(JsonNode block, JsonNode tree, @Nullable Instant at) {
        String id = MessageFields.text(block, "tool_use_id");
        ToolOutput output = MessageFields.output(block, tree.path("tool_use_result"));
        ToolState state = ToolOutcomes.stateOf(id, block, tree);
        if (state instanceof ToolState.Failed) {
            failed.add(id);
        }
        stretch.recordAddition(MessageFields.seq(tree), itemId(id));
        if (stretch.find(itemId(id)) instanceof Item.Tool tool) {
            Duration took =
                    tool.run().state() instanceof ToolState.Running r
                            ? between(r.since(), at)
                            : null;
            stretch.put(
                    tool.with(
                            tool.run().withState(ToolOutcomes.withDuration(state, took), output)));
        } else {
            keep(id, new Result(state, output, at));
        }
    }

    private void keep(String id, Result result) {
        orphans.put(id, result);
        if (orphans.size() > MAX_ORPHANS) {
            orphans.remove(orphans.keySet().iterator().next());
        }
    }

    /// The user is asked whether a tool may run.
    void addAsk(String requestId, String toolUseId) {
        asks.put(requestId, toolUseId);
        update(
                toolUseId,
                run ->
                        run.state() instanceof ToolState.Running(var since, _)
                                ? run.withState(new ToolState.Running(since, true))
                                : run);
    }

    /// The user is not asked any more: the tool runs, or its result comes at once.
    void removeAsk(String requestId, @Nullable Instant at) {
        String id = asks.remove(requestId);
        if (id != null) {
            update(
                    id,
                    run ->
                            run.state() instanceof ToolState.Running
                                    ? run.withState(new ToolState.Running(at))
                                    : run);
        }
    }

    void removeAllAsks(@Nullable Instant at) {
        List.copyOf(asks.keySet()).forEach(id -> removeAsk(id, at));
    }

    /// Claude goes on: what failed before failed by itself.
    void clearFailures() {
        failed.clear();
    }

    /// Their turn was stopped while tools ran. What a stopped tool gives back differs from version
    /// to version, but Claude says nothing after it.
    void stopFailed() {
        for (String id : failed) {
            update(
                    id,
                    run ->
                            run.state() instanceof ToolState.Failed
                                    ? run.withState(new ToolState.Stopped())
                                    : run);
        }
    }

    void update(String toolUseId, UnaryOperator<ToolRun> change) {
        if (stretch.find(itemId(toolUseId)) instanceof Item.Tool t) {
            stretch.put(t.with(change.apply(t.run())));
        }
    }

    /// Their turn is over.
    void stopRunning() {
        stretch.replaceAll(i ->
                i instanceof Item.Tool t && t.run().isRunning()
                        ? t.with(t.run().withState(new ToolState.Stopped()))
                        : i);
    }

    /// Before the stretch that comes right before this one joins it: what this one knows of its
    /// calls.
    ///
    /// @param over whether their turn is known to be over
    void joinOlder(ToolCalls older, boolean over) {
        older.stretch.replaceAll(i -> joined(i, over));
        orphans.putAll(older.orphans);
    }

    private Item joined(Item older, boolean over) {
        if (!(older instanceof Item.Tool t) || !t.run().isRunning()) {
            return older;
        }
        Result late = orphans.remove(t.run().toolUseId());
        if (late == null) {
            return over ? t.with(t.run().withState(new ToolState.Stopped())) : t;
        }
        Duration took =
                t.run().state() instanceof ToolState.Running r
                        ? between(r.since(), late.at())
                        : null;
        return t.with(
                t.run().withState(ToolOutcomes.withDuration(late.state(), took), late.output()));
    }

    /// An item goes out of the stretch; its call may come back with an older page.
    void retainResult(Item item) {
        if (item instanceof Item.Tool t && !t.run().isRunning()) {
            keep(t.run().toolUseId(), new Result(t.run().state(), t.run().output(), null));
        }
    }

    static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to);
    }
}
