package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A tool of a test. Its input has a `name`, a string, and nothing else.
///
/// @param check what [Tool#check] returns
public record FakeTool(
        String name, boolean isReadOnly, ToolNeeds needs, @Nullable Check check, Run run)
        implements Tool {

    /// Runs a call.
    @FunctionalInterface
    public interface Run {
        ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException;
    }

    /// Looks for faults.
    @FunctionalInterface
    public interface Check {
        ToolOutcome.@Nullable Fail check(ToolRequest call);
    }

    /// A tool that changes something.
    public static FakeTool writing(String name, Run run) {
        return new FakeTool(name, false, ToolNeeds.unknown(), null, run);
    }

    public static FakeTool reading(String name, Run run) {
        return new FakeTool(name, true, ToolNeeds.harmless(), null, run);
    }

    public FakeTool checkedBy(Check with) {
        return new FakeTool(name, isReadOnly, needs, with, run);
    }

    public FakeTool needing(ToolNeeds what) {
        return new FakeTool(name, isReadOnly, what, check, run);
    }

    /// An input with this `name`.
    public static ObjectNode input(String name) {
        return Json.object().put("name", name);
    }

    /// Returns its `name`.
    public static Run echo() {
        return (call, _) -> ok(call.input().path("name").asText());
    }

    /// Blocks until it is cancelled.
    public static Run blocking(CountDownLatch started) {
        return (_, context) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            context.cancel().onCancel(cancelled::countDown);
            started.countDown();
            cancelled.await();
            throw new CancellationException();
        };
    }

    public static ToolOutcome ok(String text) {
        return ToolOutcome.ok(text, Json.object());
    }

    @Override
    public String description() {
        return "A tool of a test.";
    }

    @Override
    public ObjectNode inputSchema() {
        ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
        schema.putObject("properties").putObject("name").put("type", "string");
        schema.putArray("required").add("name");
        return schema;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        return check == null ? null : check.check(call);
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return needs;
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        return run.run(call, context);
    }
}
