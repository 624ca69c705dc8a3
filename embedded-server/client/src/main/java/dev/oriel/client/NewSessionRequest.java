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
/// @param effort how much the agent thinks: `low`, `medium`, `high`, …
/// @param account the id of an account of the Messages API, for the agent `api`
public record NewSessionRequest(
        @Nullable String cwd,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String permissionMode,
        @Nullable String effort,
        @Nullable String account) {
    /// All choices are left to the server.
    public static final NewSessionRequest DEFAULTS = new NewSessionRequest(null, null, null, null);

    /// A session with the default account.
    ///
    /// @param cwd the folder to work in, an absolute path on the server's computer
    /// @param agent `cli`, `api` or `demo`; see [AgentInfo]
    /// @param model the name of a model
    /// @param permissionMode what the agent may do without asking
    /// @param effort how much the agent thinks
    public NewSessionRequest(
            @Nullable String cwd,
            @Nullable String agent,
            @Nullable String model,
            @Nullable String permissionMode,
            @Nullable String effort) {
        this(cwd, agent, model, permissionMode, effort, null);
    }

    /// A session whose agent thinks as much as it does by default.
    ///
    /// @param cwd the folder to work in, an absolute path on the server's computer
    /// @param agent `cli`, `api` or `demo`; see [AgentInfo]
    /// @param model the name of a model
    /// @param permissionMode what the agent may do without asking
    public NewSessionRequest(
            @Nullable String cwd,
            @Nullable String agent,
            @Nullable String model,
            @Nullable String permissionMode) {
        this(cwd, agent, model, permissionMode, null);
    }

    /// The body of the request that creates the session.
    ///
    /// @return `{"cwd", "agent", "model", "permission_mode", "effort", "account"}`, without those
    ///   that are null
    public ObjectNode toJson() {
        ObjectNode body = Json.object();
        put(body, "cwd", cwd);
        put(body, "agent", agent);
        put(body, "model", model);
        put(body, "permission_mode", permissionMode);
        put(body, "effort", effort);
        put(body, "account", account);
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
