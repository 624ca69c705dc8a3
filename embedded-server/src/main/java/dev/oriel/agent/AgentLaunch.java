package dev.oriel.agent;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an agent is started with.
///
/// @param conversation how the agent's own conversation begins
/// @param cwd the session's folder; an agent is never started in another
/// @param model null for the agent's default
/// @param permissionMode null for the agent's default
/// @param secrets environment variables for this agent alone
/// @param tools what the session's clients can do for it
/// @param clients what the session's clients have declared to answer
/// @param folderTrusted whether it may run what the folder itself brings: hooks, MCP servers
public record AgentLaunch(
        Conversation conversation,
        Path cwd,
        @Nullable String model,
        @Nullable String permissionMode,
        AgentOptions options,
        AgentSecrets secrets,
        ToolHost tools,
        ClientRequestHandler clients,
        boolean folderTrusted) {

    /// In a folder that is trusted, without anything declared.
    public AgentLaunch(
            Conversation conversation,
            Path cwd,
            @Nullable String model,
            @Nullable String permissionMode,
            AgentOptions options,
            AgentSecrets secrets,
            ToolHost tools) {
        this(
                conversation,
                cwd,
                model,
                permissionMode,
                options,
                secrets,
                tools,
                ClientRequestHandler.NONE,
                true);
    }

    /// Without tools.
    public AgentLaunch(
            Conversation conversation,
            Path cwd,
            @Nullable String model,
            @Nullable String permissionMode,
            AgentOptions options,
            AgentSecrets secrets) {
        this(conversation, cwd, model, permissionMode, options, secrets, ToolHost.NONE);
    }

    /// Without options, secrets or tools.
    public AgentLaunch(
            Conversation conversation,
            Path cwd,
            @Nullable String model,
            @Nullable String permissionMode) {
        this(
                conversation,
                cwd,
                model,
                permissionMode,
                AgentOptions.NONE,
                AgentSecrets.NONE,
                ToolHost.NONE);
    }

    /// Where the agent's own conversation comes from.
    public sealed interface Conversation {
        /// The id that the agent knows it by.
        UUID id();

        /// A new one, with this id.
        record Fresh(UUID id) implements Conversation {}

        /// One that the agent has had before.
        record Resumed(UUID id) implements Conversation {}
    }
}
