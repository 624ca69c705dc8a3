package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/// The tools by which the model lists and reads the resources of MCP servers. Their names, inputs
/// and results are those of the CLI, which asks for neither.
enum McpResourceTool {
    LIST(
            "ListMcpResourcesTool",
            "Lists the resources that the connected MCP servers offer, each with the server to read"
                    + " it from. Without `server`, those of all servers.",
            """
            {"type":"object","properties":{
              "server":{"type":"string","description":"Name of one MCP server"}},
             "additionalProperties":false}
            """),
    READ(
            "ReadMcpResourceTool",
            "Reads one resource of an MCP server, by the server's name and the resource's address.",
            """
            {"type":"object","properties":{
              "server":{"type":"string","description":"Name of the MCP server"},
              "uri":{"type":"string","description":"Address of the resource"}},
             "required":["server","uri"],"additionalProperties":false}
            """);

    private final String wireName;
    private final String description;
    private final String schema;

    McpResourceTool(String wireName, String description, String schema) {
        this.wireName = wireName;
        this.description = description;
        this.schema = schema;
    }

    /// Both tools.
    static List<Tool> all(McpResources resources) {
        return List.of(new Bound(LIST, resources), new Bound(READ, resources));
    }

    private record Bound(McpResourceTool tool, McpResources resources) implements Tool {
        @Override
        public String name() {
            return tool.wireName;
        }

        @Override
        public String description() {
            return tool.description;
        }

        @Override
        public ObjectNode inputSchema() {
            return Json.parseStored(tool.schema);
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public ToolNeeds needs(ToolRequest call, ToolContext context) {
            return ToolNeeds.harmless();
        }

        @Override
        public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
            Thread caller = Thread.currentThread();
            context.cancel().check();
            try (CancelScope.Registration _ = context.cancel().onCancel(caller::interrupt)) {
                JsonNode found =
                        tool == LIST
                                ? resources.list(call.input().path("server").textValue())
                                : resources.read(
                                        call.input().path("server").asText(),
                                        call.input().path("uri").asText(),
                                        context.privateFolder(),
                                        call.id().replaceAll("[^A-Za-z0-9_-]", "_"));
                String text =
                        found.isEmpty()
                                ? "The MCP servers have no resources. They may still have tools."
                                : found.toString();
                return new ToolOutcome.Ok(
                        TextNode.valueOf(McpResults.bounded(text, call, context)),
                        found,
                        List.of(),
                        null);
            } catch (IOException | RuntimeException e) { // the library throws various exceptions
                if (context.cancel().isCancelled()) {
                    Thread.interrupted(); // It was only to end the request.
                    throw new CancellationException();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return ToolOutcome.failed(McpTexts.shortened("MCP error: " + e.getMessage()));
            }
        }
    }
}
