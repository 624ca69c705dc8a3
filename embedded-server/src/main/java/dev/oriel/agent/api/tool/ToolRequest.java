package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A tool call of the model, after its input was validated. Do not change the input.
///
/// @param id the `tool_use` block's id
/// @param name the tool's name
/// @param input the complete input, with the defaults of the schema
public record ToolRequest(String id, String name, ObjectNode input) {}
