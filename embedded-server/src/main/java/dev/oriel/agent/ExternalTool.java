package dev.oriel.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A tool that is run outside of the agent, as the agent is told of it.
///
/// @param name letters, digits, `_` and `-`
/// @param description for the model
/// @param schema JSON Schema of its input, an `object`; not to be written into
public record ExternalTool(String name, String description, ObjectNode schema) {}
