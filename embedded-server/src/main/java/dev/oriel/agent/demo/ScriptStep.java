package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One step of a scripted turn.
sealed interface ScriptStep {
    /// A thinking block.
    record Thinking(String text) implements ScriptStep {}

    /// A text block.
    record Text(String markdown) implements ScriptStep {}

    /// A simulated tool call.
    ///
    /// @param asks whether the call needs an ask, unless a rule or the permission mode decides
    /// @param output the invented result, as text
    /// @param details the invented result, structured (`tool_use_result`)
    record Tool(String name, ObjectNode input, boolean asks, String output, JsonNode details)
            implements ScriptStep {}

    /// A real call of a client's tool, after an ask.
    ///
    /// @param tool the call as the ask shows it
    /// @param name the tool's name at the client
    record ClientTool(Tool tool, String name) implements ScriptStep {}

    /// A question to the user (`AskUserQuestion`). The user's choice is the tool's result.
    record Question(ObjectNode input) implements ScriptStep {}

    /// A simulated API error, which ends the turn.
    record ApiError(int status, String error, String text) implements ScriptStep {}
}
