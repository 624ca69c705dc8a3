package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Redaction;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.concurrent.CancellationException;

/// A tool of an MCP server.
final class McpTool implements Tool {
    private static final int LONGEST_DESCRIPTION = 2_048;

    private final String name;
    private final McpSchema.Tool tool;
    private final ObjectNode schema;
    private final McpConnection server;

    /// @param name for the model
    /// @param schema of the tool's input, which was checked
    McpTool(String name, McpSchema.Tool tool, ObjectNode schema, McpConnection server) {
        this.name = name;
        this.tool = tool;
        this.schema = schema;
        this.server = server;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        String text = tool.description() == null ? "" : tool.description();
        return text.length() > LONGEST_DESCRIPTION
                ? text.substring(0, LONGEST_DESCRIPTION) + "…"
                : text;
    }

    @Override
    public ObjectNode inputSchema() {
        return schema;
    }

    /// The server's own hint decides only whether calls run at the same time, not whether they ask.
    @Override
    public boolean isReadOnly() {
        return tool.annotations() != null && Boolean.TRUE.equals(tool.annotations().readOnlyHint());
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.unknown();
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        Thread caller = Thread.currentThread();
        context.cancel().check();
        try (CancelScope.Registration _ = context.cancel().onCancel(caller::interrupt)) {
            return McpResults.of(
                    server.call(tool.name(), new McpCall(call, context)), call, context);
        } catch (RuntimeException e) { // the library reports failures by various exceptions
            if (context.cancel().isCancelled()) {
                Thread.interrupted(); // It was only to end the call.
                throw new CancellationException();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return ToolOutcome.failed(
                    Redaction.redact("MCP error: " + String.valueOf(e.getMessage())));
        }
    }
}
