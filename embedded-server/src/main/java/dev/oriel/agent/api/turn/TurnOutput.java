package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Message;
import java.util.List;

/// The session that a turn runs for. Thread-safe: tools emit from their own threads.
public interface TurnOutput {
    /// Emits messages in order. `user` and `assistant` messages become part of the conversation.
    void emit(List<Message> messages);

    default void emit(Message message) {
        emit(List.of(message));
    }

    /// Asks the user and waits for the reply.
    ///
    /// @param request the inner object of a `can_use_tool` request
    /// @return the inner response, `{"subtype":"success","response":{…}}` or
    ///   `{"subtype":"error","error":…}`
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled; the ask is
    ///   withdrawn
    ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException;

    /// Takes the prompts that were sent during the turn, and reports that they are taken.
    List<Message> takePrompts();
}
