package dev.oriel.client;

import dev.oriel.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [Tongue] makes of a frame, or of a wish: for the client to do, in this order.
///
/// Where a session is named, kinds with one conversation name [Tongue#ONLY].
sealed interface Event {
    /// The server is there for us.
    record Admitted() implements Event {}

    /// A frame to send.
    record Send(String frame) implements Event {}

    /// This connection has to end, and another to be made.
    record HangUp() implements Event {}

    /// The session says something, in the shapes of the CLI's family.
    record Said(String session, Message message) implements Event {}

    /// The server takes the session's next prompt now.
    record TurnOver(String session) implements Event {}

    /// The server has understood that the turn shall stop.
    record Stopping(String session) implements Event {}

    /// There is a session that was not there before.
    record Began(Known session) implements Event {}

    /// All the sessions the server has.
    record Listed(List<Known> sessions) implements Event {}

    /// A session is gone.
    record Ended(String session) implements Event {}

    /// A session could not be begun or ended; the reason is for a person.
    record Rejected(String session, String why) implements Event {}

    /// The server does not want us; it will hang up.
    record Refused(String why) implements Event {}

    /// Something a person should know that belongs to no turn.
    record Trouble(String why) implements Event {}

    /// A frame that means nothing here.
    record Ignored(String why) implements Event {}

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
