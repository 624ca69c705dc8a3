package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.session.Session;
import dev.oriel.session.api.PromptSettings;

/// The conversation that successive sockets of a relay share.
///
/// @param settings with which its clients' prompts run
/// @param config with which it was started
record RelayConversation(Session session, PromptSettings settings, JsonNode config) {}
