package dev.oriel.agent.api.mcp;

import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.api.mcp.login.OAuthTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the servers of one agent share. Immutable.
///
/// @param folder the session's folder
/// @param logins tokens of servers with a login; null if servers cannot have one
/// @param clients run servers of their own
/// @param greeting how long a server may take to connect
/// @param restart how long a program that has ended stays off before the first restart; doubled
///   with each further one
record McpHost(
        Path folder,
        @Nullable OAuthTokens logins,
        McpUser user,
        ClientRequestHandler clients,
        Duration greeting,
        Duration restart) {
    private static final Duration GREETING = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofSeconds(1);

    /// A tool may wait for a person or a build; the user can interrupt it. The CLI waits as long.
    private static final Duration CALL = Duration.ofHours(27);

    /// @param environment with `MCP_TIMEOUT`, milliseconds
    static McpHost of(
            Path folder,
            @Nullable OAuthTokens logins,
            McpUser user,
            ClientRequestHandler clients,
            Map<String, String> environment) {
        return new McpHost(
                folder,
                logins,
                user,
                clients,
                millis(environment.get("MCP_TIMEOUT"), GREETING),
                RESTART);
    }

    /// How long a call may take.
    ///
    /// @param environment with `MCP_TOOL_TIMEOUT`, milliseconds
    static Duration callTimeout(Map<String, String> environment) {
        return millis(environment.get("MCP_TOOL_TIMEOUT"), CALL);
    }

    private static Duration millis(@Nullable String text, Duration otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,8}")
                ? Duration.ofMillis(Long.parseLong(text))
                : otherwise;
    }
}
