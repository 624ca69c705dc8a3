package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.ToolResult;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A tool that a client of the session provides. It has the name under which the CLI offers it.
final class ClientTool implements Tool {
    private static final String PREFIX = "mcp__oriel__";
    private final ExternalTool tool;
    private final ToolHost host;

    ClientTool(ExternalTool tool, ToolHost host) {
        this.tool = tool;
        this.host = host;
    }

    @Override
    public String name() {
        return PREFIX + tool.name();
    }

    @Override
    public String description() {
        return tool.description();
    }

    @Override
    public ObjectNode inputSchema() {
        return tool.schema();
    }

    /// The client may do anything.
    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.unknown();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        CompletableFuture<ToolResult> result = host.call(tool.name(), call.input());
        try (CancelScope.Registration _ = context.cancel().onCancel(() -> result.cancel(true))) {
            ToolResult done = result.get();
            return done.isError()
                    ? ToolOutcome.failed(done.text())
                    : new ToolOutcome.Ok(
                            TextNode.valueOf(done.text()),
                            TextNode.valueOf(done.text()),
                            List.of(),
                            null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client's tool never fails", e);
        } catch (CancellationException e) {
            context.cancel().check();
            return ToolOutcome.failed("The client has withdrawn the tool.");
        }
    }
}
