package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// What a session is begun with; null leaves the choice to the server.
public record NewSessionRequest(
        @Nullable String cwd,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String permissionMode) {
    /// Everything as the server has it.
    public static final NewSessionRequest DEFAULTS = new NewSessionRequest(null, null, null, null);

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
