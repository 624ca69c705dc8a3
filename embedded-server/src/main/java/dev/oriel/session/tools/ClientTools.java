package dev.oriel.session.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.ToolResult;
import dev.oriel.session.api.BadRequestException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The tools that clients run for one session, and the calls that wait for an output. A name
/// belongs to the client that defined it last.
///
/// Any thread; nothing blocks. Tools live as long as their client's connection, and are not
/// journaled.
public final class ClientTools implements ToolHost {
    /// Name of the MCP server: the model knows the tool `x` as `mcp__oriel__x`.
    public static final String SERVER = "oriel";

    /// Every tool is sent to the model with every request.
    public static final int MAX_TOOLS = 100;

    private final ScheduledExecutorService timer;
    private final MemoryBudget budget;
    private final Map<String, Owned> tools = new LinkedHashMap<>(); // guarded by this
    private final Map<String, Waiting> calls = new LinkedHashMap<>(); // guarded by this

    /// Limits the memory that all sessions use for what their clients leave with them. Any thread.
    public interface MemoryBudget {
        /// @return false if there is not as much left
        boolean reserve(long bytes);

        void release(long bytes);
    }

    private record Owned(ToolOwner owner, ToolDefinition definition) {
        @SuppressWarnings("ReferenceEquality") // an owner is equal to itself only
        boolean isOf(ToolOwner other) {
            return owner == other;
        }
    }

    /// A call that waits for its client's output.
    private record Waiting(Owned tool, CompletableFuture<ToolResult> result) {}

    /// @param timer for timeouts of calls
    public ClientTools(ScheduledExecutorService timer, MemoryBudget room) {
        this.timer = timer;
        this.budget = room;
    }

    /// Adds a tool, or replaces the one of its name. Calls that wait stay with the client that got
    /// them.
    ///
    /// @throws BadRequestException if there are too many tools, or not enough memory
    public synchronized void define(ToolOwner owner, ToolDefinition definition)
            throws BadRequestException {
        String name = definition.tool().name();
        if (!tools.containsKey(name) && tools.size() >= MAX_TOOLS) {
            throw new BadRequestException("a session has at most " + MAX_TOOLS + " tools");
        }
        if (!budget.reserve(definition.size())) {
            throw new BadRequestException("the sessions keep too much already; try again later");
        }
        giveBack(tools.put(name, new Owned(owner, definition)));
    }

    private void giveBack(@Nullable Owned tool) {
        if (tool != null) {
            budget.release(tool.definition().size());
        }
    }

    /// Removes all tools: the session was deleted.
    public synchronized void clear() {
        tools.values().forEach(this::giveBack);
        tools.clear();
    }

    /// Removes a client's tools and fails the calls that wait for it.
    ///
    /// @return whether it had tools
    public boolean removeAll(ToolOwner owner) {
        List<Waiting> lost;
        boolean had;
        synchronized (this) {
            List<Owned> its = tools.values().stream().filter(t -> t.isOf(owner)).toList();
            its.forEach(this::giveBack);
            had = tools.values().removeAll(its);
            lost = calls.values().stream().filter(w -> w.tool().isOf(owner)).toList();
        }
        for (Waiting each : lost) {
            each.result()
                    .complete(
                            ToolResult.error(
                                    "The client that runs the tool %s has disconnected."
                                            .formatted(name(each.tool()))));
        }
        return had;
    }

    /// Completes a call.
    ///
    /// @return false if no such call of this client's waits
    public boolean receiveOutput(ToolOwner from, String callId, ToolResult result) {
        Waiting waiting;
        synchronized (this) {
            waiting = calls.get(callId);
        }
        return waiting != null && waiting.tool().isOf(from) && waiting.result().complete(result);
    }

    @Override
    public synchronized List<ExternalTool> tools() {
        return tools.values().stream().map(t -> t.definition().tool()).toList();
    }

    @Override
    public CompletableFuture<ToolResult> call(String name, ObjectNode input) {
        String id = UUID.randomUUID().toString();
        var result = new CompletableFuture<ToolResult>();
        Owned tool;
        synchronized (this) {
            tool = tools.get(name);
            if (tool == null) {
                return CompletableFuture.completedFuture(
                        ToolResult.error("No client runs the tool %s any more.".formatted(name)));
            }
            calls.put(id, new Waiting(tool, result));
        }
        ToolOwner owner = tool.owner();
        Duration timeout = tool.definition().timeout();
        var alarm =
                timer.schedule(
                        () -> expire(owner, id, name, timeout, result),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        result.whenComplete((_, failure) -> {
            alarm.cancel(false);
            forget(id);
            if (failure instanceof CancellationException) {
                owner.onWithdrawn(id, "The agent does not wait for it any more.");
            }
        });
        owner.onCall(new ToolCall(id, name, input));
        return result;
    }

    private synchronized void forget(String id) {
        calls.remove(id);
    }

    private static void expire(
            ToolOwner owner,
            String id,
            String name,
            Duration timeout,
            CompletableFuture<ToolResult> result) {
        String why =
                "The tool %s did not answer within %s seconds."
                        .formatted(name, seconds(timeout.toMillis()));
        if (result.complete(ToolResult.error(why))) {
            owner.onWithdrawn(id, why);
        }
    }

    private static String seconds(long millis) {
        return millis % 1_000 == 0 ? String.valueOf(millis / 1_000) : String.valueOf(millis / 1e3);
    }

    private static String name(Owned tool) {
        return tool.definition().tool().name();
    }
}
