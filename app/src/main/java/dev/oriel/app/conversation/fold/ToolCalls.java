package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.message.BlockType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The tool calls among the items, with their results.
final class ToolCalls {
    private static final int MAX_ORPHANS = 500;
    private static final int MAX_OWNERS = 5_000;

    private final ItemWindow window;

    /// Results whose calls are not held, by the id of the call.
    private final Map<String, Result> orphans = new LinkedHashMap<>();

    /// Calls that failed since the last `assistant` message.
    private final Set<String> failed = new HashSet<>();

    /// The calls that wait for an ask, by the id of the request.
    private final Map<String, String> asks = new LinkedHashMap<>();

    /// The calls at the top for which subagents work, by the ids of the subagents' calls.
    private final Map<String, String> owners = new LinkedHashMap<>();

    /// The call that started a task, by the id of the task.
    private final Map<String, String> tasks = new LinkedHashMap<>();

    /// Messages of subagents whose calls are not held.
    private final OrphanSteps orphanSteps = new OrphanSteps();

    private record Result(ToolState state, @Nullable ToolOutput output, @Nullable Instant at) {}

    ToolCalls(ItemWindow window) {
        this.window = window;
    }

    static String itemId(String toolUseId) {
        return "tool:" + toolUseId;
    }

    /// @param block a `tool_use` of any kind
    void addCall(JsonNode block, long seq, @Nullable Instant at) {
        String id = MessageFields.text(block, "id");
        keepEarlier(id, seq);
        ToolState state = new ToolState.Running(at, asks.containsValue(id));
        ToolOutput output = null;
        Result orphan = orphans.remove(id);
        if (orphan != null) {
            state = ToolOutcomes.withDuration(orphan.state(), between(at, orphan.at()));
            output = orphan.output();
        } else if (window.find(itemId(id)) instanceof Item.Tool known && !known.run().isRunning()) {
            state = known.run().state();
            output = known.run().output();
        }
        SubagentRun subagent =
                window.find(itemId(id)) instanceof Item.Tool known
                        ? known.run().subagent()
                        : SubagentRun.NONE;
        ToolRun run =
                new ToolRun(
                        id,
                        MessageFields.toolName(block),
                        MessageFields.fields(block.path("input")),
                        state,
                        output,
                        subagent);
        window.put(new Item.Tool(itemId(id), seq, run));
    }

    /// An earlier call with the same id, as some gateways send it, keeps its result.
    private void keepEarlier(String id, long seq) {
        if (window.find(itemId(id)) instanceof Item.Tool earlier
                && !earlier.run().isRunning()
                && earlier.seq() > 0
                && seq > earlier.seq()) {
            rename(window, earlier);
        }
    }

    private static void rename(ItemWindow in, Item.Tool call) {
        String other = call.id() + "@" + call.seq();
        in.replaceAll(
                i -> i.id().equals(call.id()) ? new Item.Tool(other, call.seq(), call.run()) : i);
    }

    /// A subagent wrote something, called a tool or got a result.
    ///
    /// @param parent the id of the call that the subagent works for
    /// @param tree the message
    void addStep(String parent, JsonNode tree, @Nullable Instant at) {
        String top = owners.getOrDefault(parent, parent);
        if (!(window.find(itemId(top)) instanceof Item.Tool tool)) {
            orphanSteps.add(parent, tree, at);
            return;
        }
        window.recordAddition(MessageFields.seq(tree), itemId(top));
        for (JsonNode block : tree.path("message").path("content")) {
            if (MessageFields.text(block, "type").equals(BlockType.TOOL_USE)) {
                retain(owners, MessageFields.text(block, "id"), top);
            }
        }
        ToolRun run =
                SubagentSteps.update(tool.run(), parent, r -> SubagentSteps.apply(r, tree, at));
        if (run != null) {
            window.put(tool.with(run));
        }
    }

    /// The agent reports about a task that a call started.
    ///
    /// @param tree a message with a `task_id`
    void addReport(String subtype, JsonNode tree) {
        String task = MessageFields.text(tree, "task_id");
        String call = MessageFields.text(tree, "tool_use_id");
        if (call.isEmpty()) {
            call = tasks.getOrDefault(task, "");
        } else {
            retain(tasks, task, call);
        }
        update(call, run -> SubagentProgress.apply(run, subtype, tree));
    }

    private static void retain(Map<String, String> map, String key, String value) {
        map.put(key, value);
        if (map.size() > MAX_OWNERS) {
            map.remove(map.keySet().iterator().next());
        }
    }

    /// @param block the result of any kind of tool
    /// @param tree the message with the block
    void addResult(JsonNode block, JsonNode tree, @Nullable Instant at) {
        String id = MessageFields.text(block, "tool_use_id");
        ToolOutput output = ToolOutputs.of(block, tree);
        ToolState state = ToolOutcomes.stateOf(id, block, tree);
        if (state instanceof ToolState.Failed) {
            failed.add(id);
        }
        window.recordAddition(MessageFields.seq(tree), itemId(id));
        if (window.find(itemId(id)) instanceof Item.Tool tool) {
            Duration took =
                    tool.run().state() instanceof ToolState.Running r
                            ? between(r.since(), at)
                            : null;
            ToolState ended = ToolOutcomes.withDuration(state, took);
            if (took == null && ended.equals(ToolOutcomes.withDuration(tool.run().state(), null))) {
                // Another result of the same call.
                ended = tool.run().state();
            }
            ToolRun run = tool.run().withState(ended, output);
            boolean continues =
                    output.detail() instanceof ToolDetail.Agent agent && agent.background();
            window.put(tool.with(continues ? run : SubagentSteps.stopSteps(run)));
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

    /// The ask is settled: the tool runs, or its result follows at once.
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

    /// Claude continues, so the tools that failed before were not stopped.
    void clearFailures() {
        failed.clear();
    }

    /// The turn was stopped while tools ran. The result of a stopped tool differs between versions
    /// of the CLI, but no `assistant` message follows it.
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

    /// A tool was denied.
    void deny(String toolUseId) {
        update(toolUseId, run -> run.withState(new ToolState.Denied()));
    }

    /// A tool that failed was denied, as the result of its turn reports.
    void denyFailed(String toolUseId) {
        update(
                toolUseId,
                run ->
                        run.state() instanceof ToolState.Failed
                                ? run.withState(new ToolState.Denied())
                                : run);
    }

    private void update(String toolUseId, UnaryOperator<ToolRun> change) {
        String top = owners.getOrDefault(toolUseId, toolUseId);
        if (window.find(itemId(top)) instanceof Item.Tool t) {
            ToolRun run = SubagentSteps.update(t.run(), toolUseId, change);
            if (run != null) {
                window.put(t.with(run));
            }
        }
    }

    /// The turn of all calls is over.
    void stopRunning() {
        window.replaceAll(i ->
                i instanceof Item.Tool t && t.run().isRunning()
                        ? t.with(
                                SubagentSteps.stopSteps(t.run()).withState(new ToolState.Stopped()))
                        : i);
    }

    /// Joins the part that comes right before this one, and completes its calls by the results that
    /// are known here.
    ///
    /// @param over whether the turn of its last calls is known to be over
    void joinOlder(ToolCalls older, boolean over) {
        for (Item item : List.copyOf(older.window.items())) {
            if (item instanceof Item.Tool call
                    && !call.run().isRunning()
                    && window.find(call.id()) != null) {
                rename(older.window, call);
            }
        }
        older.window.replaceAll(i -> joined(i, over));
        orphans.putAll(older.orphans);
        // Steps come in the order of the conversation, so an inner call is known before its steps.
        for (OrphanSteps.Step step : orphanSteps.takeAll()) {
            older.addStep(step.parent(), step.tree(), step.at());
        }
        older.orphanSteps.takeAll().forEach(orphanSteps::add);
        older.owners.forEach(owners::putIfAbsent);
        older.tasks.forEach(tasks::putIfAbsent);
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

    /// Keeps the result of an item that is dropped, because the call may return with an older page.
    void retainResult(Item item) {
        if (item instanceof Item.Tool t && !t.run().isRunning()) {
            keep(t.run().toolUseId(), new Result(t.run().state(), t.run().output(), null));
        }
    }

    static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null || to.isBefore(from) ? null : Duration.between(from, to);
    }
}
