package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.session.Session;

/// The conversation that the sockets of a relay share one after the other.
///
/// @param config what it began with
record Conversation(Session session, JsonNode config) {}
