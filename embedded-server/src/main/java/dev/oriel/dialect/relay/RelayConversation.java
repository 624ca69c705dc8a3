package dev.oriel.dialect.relay;

import dev.oriel.session.api.PromptSettings;
import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.session.Session;

/// The conversation that the sockets of a relay share one after the other.
///
/// @param setting what its clients' prompts run with
/// @param config what it began with
record RelayConversation(Session session, PromptSettings setting, JsonNode config) {}
