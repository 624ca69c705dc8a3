package dev.oriel.session.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A call of a client's tool.
///
/// @param id identifies the call in the client's output
/// @param name as the client defined it
public record ToolCall(String id, String name, ObjectNode input) {}
