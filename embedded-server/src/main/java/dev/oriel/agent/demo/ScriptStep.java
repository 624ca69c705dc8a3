package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One thing that happens in a scripted turn.
sealed interface ScriptStep {
    /// The demo thinks aloud.
    record Thinking(String text) implements ScriptStep {}

    /// The demo says something, in Markdown.
    record Text(String markdown) implements ScriptStep {}

    /// The demo pretends to use a tool.
    ///
    /// @param asks whether a person is asked first, unless a rule or the permission mode says
    ///   otherwise
    /// @param output what the tool is said to have answered
    /// @param details the structured output that goes with it (`tool_use_result`)
    record Tool(String name, ObjectNode input, boolean asks, String output, JsonNode details)
            implements ScriptStep {}

    /// The demo really uses a tool of the session's clients, as it would one of its own: it asks.
    ///
    /// @param tool how it is asked for
    /// @param name how its client calls it
    record ClientTool(Tool tool, String name) implements ScriptStep {}

    /// The demo asks the person something; what was chosen comes back as the tool's result.
    record Question(ObjectNode input) implements ScriptStep {}

    /// The model behind the demo pretends not to answer; the turn ends.
    record ApiError(int status, String error, String text) implements ScriptStep {}
}
