package dev.oriel.agent.api.mcp;

import dev.oriel.account.KeyStore;
import dev.oriel.agent.ClientRequestHandler;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What decides which MCP servers an agent has. `named` may contain secrets: not for logs.
///
/// @param home the user's home folder
/// @param data folder of the server's files
/// @param folder the session's folder
/// @param trusted whether the servers of the folder's `.mcp.json` may be used, once approved
/// @param named servers that a client names, the text of a JSON object; null for none
/// @param keys where tokens of logins are kept; null if servers cannot have a login
/// @param clients run servers of their own, those that they have declared
public record McpSettings(
        Path home,
        Path data,
        Path folder,
        boolean trusted,
        @Nullable String named,
        @Nullable KeyStore keys,
        ClientRequestHandler clients) {
    @Override
    public String toString() {
        return "McpSettings[" + folder + "]";
    }
}
