package dev.oriel.client.compat.protocol;

import dev.oriel.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An output of a [ProtocolAdapter]: something the client is to do. Effects are performed in order.
///
/// A session is named as in [ProtocolEvent].
public sealed interface ProtocolEffect {
    /// An effect on sessions or on requests about them.
    sealed interface OnSessions extends ProtocolEffect {}

    /// The server has accepted the connection: prompts may be sent.
    record Accept() implements ProtocolEffect {}

    /// Send a frame.
    record SendFrame(String text) implements ProtocolEffect {}

    /// Close this connection and open another one.
    record ReplaceConnection() implements ProtocolEffect {}

    /// Record a message of the CLI's family in the session, and pass it to subscribers.
    record Publish(String session, Message message) implements OnSessions {}

    /// The server works on a turn that this client did not start: until its end, prompts wait.
    record StartTurn(String session) implements OnSessions {}

    /// The turn is over: the session's next prompt may be sent.
    record FinishTurn(String session) implements OnSessions {}

    /// The server will stop the turn: complete the requests to interrupt it.
    record ConfirmInterrupt(String session) implements OnSessions {}

    /// A session was created.
    record AddSession(ListedSession session) implements OnSessions {}

    /// These are all sessions of the server.
    record ReplaceSessions(List<ListedSession> sessions) implements OnSessions {}

    /// A session was ended.
    record RemoveSession(String session) implements OnSessions {}

    /// A session could not be created or ended: fail the request.
    ///
    /// @param cause a sentence for the user
    record RejectRequest(String session, String cause) implements OnSessions {}

    /// Report a problem that belongs to no turn.
    ///
    /// @param problem a sentence for the user
    record ReportProblem(String problem) implements ProtocolEffect {}

    /// Note something in the log of frames.
    record Note(String text) implements ProtocolEffect {}

    /// A session as the server describes it.
    ///
    /// @param cwd empty if it is not known
    /// @param error why it failed; null if it did not
    record ListedSession(
            String id,
            String cwd,
            boolean busy,
            @Nullable String mode,
            @Nullable String error,
            @Nullable Instant created,
            @Nullable Instant updated) {}
}
