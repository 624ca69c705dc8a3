package dev.oriel.session.branch;

import dev.oriel.agent.AgentLaunch.Conversation;
import java.util.UUID;

/// Where a branch of a conversation begins.
public sealed interface BranchPoint {
    /// The agent's conversation for a branch that begins here.
    ///
    /// @param id the new conversation's id
    Conversation conversation(UUID id);

    /// Before the first prompt: the branch keeps nothing.
    record Start() implements BranchPoint {
        @Override
        public Conversation conversation(UUID id) {
            return new Conversation.Fresh(id);
        }
    }

    /// After a message that the agent emitted: an answer, or the result of a tool.
    ///
    /// @param conversation the agent's conversation that has the message
    /// @param message `uuid` of the message
    record After(UUID conversation, UUID message) implements BranchPoint {
        @Override
        public Conversation conversation(UUID id) {
            return new Conversation.Branched(id, conversation, message);
        }
    }
}
