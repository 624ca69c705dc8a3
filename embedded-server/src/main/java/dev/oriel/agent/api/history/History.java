package dev.oriel.agent.api.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.util.List;

/// The conversation of one agent as the Messages API takes it. Confined to the agent's thread.
public interface History {
    /// Appends a message that was emitted, or is in the journal: `user`, `assistant`, or a `system`
    /// message such as `compact_boundary`. Ignores what does not belong to the conversation: other
    /// types, replays, notices, messages of subagents, and a `uuid` that was already appended.
    void append(Message message);

    /// The messages for the next request: valid in any case, beginning with a user's message, each
    /// `tool_use` with its result, with cache markers. Encoded JSON objects.
    List<byte[]> messages();

    /// Notes the `usage` of the last response, from which [#estimatedTokens] starts.
    void onUsage(JsonNode usage);

    /// The next requests go to another model or account: drops the thinking, because its signature
    /// is not valid there.
    default void dropThinking() {}

    /// The estimated number of input tokens of the next request.
    int estimatedTokens();

    /// Whether [#estimatedTokens] includes the system prompt and the tools, because it starts from
    /// what the API has counted.
    default boolean isCounted() {
        return false;
    }

    /// Frees the memory of the conversation. Everything must be appended again before it is used.
    default void drop() {}
}
