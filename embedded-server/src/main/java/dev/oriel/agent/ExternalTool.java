package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The definition of a tool that runs outside the agent.
///
/// @param name consists of letters, digits, `_` and `-`
/// @param description for the model
/// @param schema JSON Schema of the input, of type `object`; must not be modified
public record ExternalTool(String name, String description, ObjectNode schema) {}
