package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// A subscription to one session that survives lost connections. Any thread may call; nothing
/// blocks.
public interface SessionSubscription extends AutoCloseable {
    /// The session.
    ///
    /// @return its id
    String sessionId();

    /// Sends the prompts of this session that are pending in the outbox, now or with the next
    /// connection.
    void sendPending();

    /// Sends a control request to the session or its agent.
    ///
    /// @param request the inner object, `{"subtype": …}`
    /// @return the inner `response` of a success, perhaps empty. Fails with [ClientException] if
    ///   the server refuses, if there is no connection or it is lost, or if no response comes for a
    ///   minute
    CompletableFuture<ObjectNode> sendControl(ObjectNode request);

    /// Replies to an ask.
    ///
    /// @param response a whole `control_response`
    /// @return whether it was sent. If not, the ask is still pending and is received again with the
    ///   next connection
    boolean reply(Message response);

    /// Connects at once, with a fresh budget of attempts.
    void reconnect();

    /// Ends the subscription. Returns at once.
    @Override
    void close();
}
