package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.agent.ToolResult;
import dev.oriel.message.Json;
import dev.oriel.message.MessageType;
import dev.oriel.session.tools.ToolCall;
import dev.oriel.session.tools.ToolDefinition;

/// Creates and parses the frames about clients' tools, which are the same in every dialect.
public final class ToolFrames {
    /// The error message for a `tool_output` without a pending call.
    public static final String NO_PENDING_CALL = "No call of this call_id waits for an output.";

    private ToolFrames() {}

    /// The name of a tool for the model and in permission rules.
    public static String id(ExternalTool tool) {
        return "mcp__oriel__" + tool.name();
    }

    /// The reply to `define_tool`.
    public static ObjectNode defined(ToolDefinition definition) {
        ExternalTool tool = definition.tool();
        ObjectNode frame = Json.object().put("type", MessageType.TOOL_DEFINED);
        ObjectNode data = frame.putObject("data");
        data.put("tool_id", id(tool)).put("tool_name", tool.name()).put("status", "success");
        data.set("details", details(definition));
        return frame;
    }

    /// The definition of a tool as the server has parsed it.
    public static ObjectNode details(ToolDefinition definition) {
        ExternalTool tool = definition.tool();
        ObjectNode details =
                Json.object().put("name", tool.name()).put("description", tool.description());
        details.set("parameters", tool.schema());
        return details.put("timeout_ms", definition.timeout().toMillis());
    }

    static ObjectNode call(ToolCall call) {
        ObjectNode frame = Json.object().put("type", MessageType.TOOL_CALL);
        frame.putObject("data")
                .put("call_id", call.id())
                .put("name", call.name())
                .set("input", call.input());
        return frame;
    }

    static ObjectNode withdrawn(String callId, String why) {
        ObjectNode frame = Json.object().put("type", MessageType.TOOL_CALL_WITHDRAWN);
        frame.putObject("data").put("call_id", callId).put("reason", why);
        return frame;
    }

    /// The result in a `tool_output` frame. A text is passed on unchanged, any other value as JSON.
    public static ToolResult output(JsonNode frame) {
        JsonNode output = frame.path("output");
        String text;
        if (output.isMissingNode() || output.isNull()) {
            text = "";
        } else {
            text = output.isTextual() ? output.textValue() : output.toString();
        }
        return new ToolResult(text, frame.path("is_error").asBoolean(false));
    }
}
