package dev.oriel.app.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What the tools of sessions with an account of the Messages API may do on the window's own
/// server.
///
/// @param webFetch whether Claude can ask to read web pages
/// @param sandbox whether commands run in a sandbox where the operating system has one
public record AgentTools(boolean webFetch, boolean sandbox) {
    static final AgentTools DEFAULTS = new AgentTools(false, false);

    static AgentTools fromJson(ObjectNode json) {
        return new AgentTools(
                json.path("web_fetch").asBoolean(), json.path("sandbox").asText().equals("auto"));
    }

    void writeTo(ObjectNode json) {
        json.put("web_fetch", webFetch).put("sandbox", sandbox ? "auto" : "off");
    }

    AgentTools withWebFetch(boolean on) {
        return new AgentTools(on, sandbox);
    }

    AgentTools withSandbox(boolean on) {
        return new AgentTools(webFetch, on);
    }
}
