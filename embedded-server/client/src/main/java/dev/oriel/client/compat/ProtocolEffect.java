package dev.oriel.client.compat;

import dev.oriel.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [ProtocolAdapter] makes of a frame, or of a wish: for the client to do, in this order.
///
/// Where a session is named, kinds with one conversation name [ProtocolAdapter#ONLY].
public sealed interface ProtocolEffect {
    /// The server is there for us.
    record Admitted() implements ProtocolEffect {}

    /// A frame to send.
    record Send(String frame) implements ProtocolEffect {}

    /// This connection has to end, and another to be made.
    record HangUp() implements ProtocolEffect {}

    /// The session says something, in the shapes of the CLI's family.
    record Said(String session, Message message) implements ProtocolEffect {}

    /// The server takes the session's next prompt now.
    record TurnOver(String session) implements ProtocolEffect {}

    /// The server has understood that the turn shall stop.
    record Stopping(String session) implements ProtocolEffect {}

    /// There is a session that was not there before.
    record Began(Known session) implements ProtocolEffect {}

    /// All the sessions the server has.
    record Listed(List<Known> sessions) implements ProtocolEffect {}

    /// A session is gone.
    record Ended(String session) implements ProtocolEffect {}

    /// A session could not be begun or ended; the reason is for a person.
    record Rejected(String session, String why) implements ProtocolEffect {}

    /// The server does not want us; it will hang up.
    record Refused(String why) implements ProtocolEffect {}

    /// Something a person should know that belongs to no turn.
    record Trouble(String why) implements ProtocolEffect {}

    /// A frame that means nothing here.
    record Ignored(String why) implements ProtocolEffect {}

    /// A session as the server lists it.
    ///
    /// @param cwd empty if it is not known
    /// @param error why it failed, if it did
    record Known(
            String id,
            String cwd,
            boolean busy,
            @Nullable String mode,
            @Nullable String error,
            @Nullable Instant created,
            @Nullable Instant updated) {}
}
