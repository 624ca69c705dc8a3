package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.BlockType;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import org.jspecify.annotations.Nullable;

/// Creates the messages of tool calls: asks, denials and results, with the shapes of CLI 2.1.332.
/// Pure.
final class ToolMessages {
    private ToolMessages() {}

    /// The inner object of a `can_use_tool` request.
    static ObjectNode ask(
            TurnMessages messages, ToolRequest call, ToolNeeds needs, Verdict.Ask why) {
        ObjectNode request =
                Json.object().put("tool_name", call.name()).put("display_name", call.name());
        request.set("input", call.input().deepCopy());
        request.put("tool_use_id", call.id());
        if (why.suggestions() != null) {
            request.set("permission_suggestions", why.suggestions());
        }
        if (why.blockedPath() != null) {
            request.put("blocked_path", why.blockedPath());
        }
        if (why.text() != null) {
            request.put("decision_reason", why.text());
        }
        request.put("decision_reason_type", why.reason());
        if (messages.subagent() != null) {
            request.put("agent_id", messages.subagent());
        }
        return needs.asksUser() ? request.put("requires_user_interaction", true) : request;
    }

    /// Tells the user of a call that was denied without an ask.
    static Message denied(TurnMessages messages, ToolRequest call, String reason, String text) {
        return Message.of(
                messages.system("permission_denied")
                        .put("tool_name", call.name())
                        .put("tool_use_id", call.id())
                        .put("decision_reason_type", reason)
                        .put("message", text));
    }

    /// The `user` message with the result of a call.
    ///
    /// @param decision `accept` or `reject`; null if the call did not get so far
    /// @param source who decided, in the CLI's terms
    static Message result(
            TurnMessages messages,
            String id,
            ToolOutcome outcome,
            @Nullable String decision,
            @Nullable String source) {
        ObjectNode block = Json.object().put("tool_use_id", id).put("type", BlockType.TOOL_RESULT);
        block.set("content", outcome.content());
        switch (outcome) {
            case ToolOutcome.Fail _ -> block.put("is_error", true);
            case ToolOutcome.Ok ok when ok.isError() != null -> block.put("is_error", ok.isError());
            case ToolOutcome.Ok _ -> {
                // Left out as the CLI does.
            }
        }
        ObjectNode line = messages.user(block);
        line.set("tool_use_result", outcome.structured());
        if (decision != null) {
            line.putArray("tool_result_meta")
                    .addObject()
                    .put("id", id)
                    .putObject("permission_decision")
                    .put("decision", decision)
                    .put("source", source);
        }
        return Message.of(line);
    }

    /// The text for the model whose input is not JSON.
    static String brokenInput(ModelAnswer.Call call) {
        String text = call.inputText();
        String start = text.length() > 200 ? text.substring(0, 200) : text;
        return "InputValidationError: "
                + call.name()
                + " was called with input that could not be parsed as JSON.\nYou sent (first "
                + start.length()
                + " of "
                + text.length()
                + " characters): "
                + start
                + "\nCall the tool again with one valid JSON object.";
    }
}
