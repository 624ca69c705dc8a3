package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.session.Session;

/// The conversation that the sockets of a relay share one after the other.
///
/// @param setting what its clients' prompts run with
/// @param config what it began with
record RelayConversation(Session session, Session.PromptSettings setting, JsonNode config) {}
