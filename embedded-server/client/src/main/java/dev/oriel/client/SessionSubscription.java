package dev.oriel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
import java.util.concurrent.CompletableFuture;

/// A subscription to one session that survives lost connections. Any thread may call; nothing
/// blocks.
public interface SessionSubscription extends AutoCloseable {
    String sessionId();

    /// Takes what waits in the outbox for this session and sends it, now or when the connection is
    /// there.
    void sendPending();

    /// Asks the session, or the agent behind it.
    ///
    /// @param request the inner object, `{"subtype": …}`
    /// @return the inner `response` of a success, perhaps empty; fails with [ClientException] if
    ///   the server says no, the connection is not there or is lost, or no answer comes for a
    ///   minute
    CompletableFuture<ObjectNode> sendControl(ObjectNode request);

    /// Answers an ask.
    ///
    /// @param response a whole `control_response`
    /// @return whether it went out; if not, the ask is still open and comes again with the
    ///   connection
    boolean reply(Message response);

    /// Tries at once, with a fresh budget.
    void reconnect();

    @Override
    void close();
}
