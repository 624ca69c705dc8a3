package dev.oriel.session.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A call of a client's tool.
///
/// @param id for the answer
/// @param name as the client called its tool
public record ToolCall(String id, String name, ObjectNode input) {}
