package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// The options of a new session; null leaves the choice to the server.
///
/// @param cwd the folder to work in, an absolute path on the server's computer
/// @param agent `cli`, `api` or `demo`; see [AgentInfo]
/// @param model the name of a model
/// @param permissionMode what the agent may do without asking: `default`, `acceptEdits`, `plan`, …
public record NewSessionRequest(
        @Nullable String cwd,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String permissionMode) {
    /// All choices are left to the server.
    public static final NewSessionRequest DEFAULTS = new NewSessionRequest(null, null, null, null);

    /// The body of the request that creates the session.
    ///
    /// @return `{"cwd", "agent", "model", "permission_mode"}`, without those that are null
    public ObjectNode toJson() {
        ObjectNode body = Json.object();
        put(body, "cwd", cwd);
        put(body, "agent", agent);
        put(body, "model", model);
        put(body, "permission_mode", permissionMode);
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
