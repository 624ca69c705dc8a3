package dev.oriel.agent;

import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The parameters of an agent's start. Immutable.
///
/// @param conversation a new conversation of the agent or one to resume
/// @param cwd the session's folder, the agent's working directory
/// @param model null for the agent's default
/// @param permissionMode null for the agent's default
/// @param secrets environment variables and MCP servers that must not be stored or logged
/// @param tools the tools that the session's clients provide
/// @param clients the handler of the requests that the session's clients have declared to answer
/// @param folderTrusted whether the agent may run hooks and MCP servers that the folder configures
/// @param log the stored messages of the conversation
public record AgentLaunch(
        Conversation conversation,
        Path cwd,
        @Nullable String model,
        @Nullable String permissionMode,
        AgentOptions options,
        AgentSecrets secrets,
        ToolHost tools,
        ClientRequestHandler clients,
        boolean folderTrusted,
        ConversationLog log) {

    /// For a trusted folder, without declarations of clients.
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
                true,
                ConversationLog.EMPTY);
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

    /// Whether the agent begins a conversation, resumes one, or begins a branch of one.
    public sealed interface Conversation {
        /// The agent's id of the conversation.
        UUID id();

        /// Begins a new conversation with this id.
        record Fresh(UUID id) implements Conversation {}

        /// Resumes an existing conversation.
        record Resumed(UUID id) implements Conversation {}

        /// Begins a new conversation with a copy of another one.
        ///
        /// @param from the other conversation, which stays as it is
        /// @param after `uuid` of the last message of the copy
        record Branched(UUID id, UUID from, UUID after) implements Conversation {}
    }
}
