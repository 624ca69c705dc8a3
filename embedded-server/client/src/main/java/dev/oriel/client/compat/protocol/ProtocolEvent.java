package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.NewSessionRequest;
import org.jspecify.annotations.Nullable;

/// An input of a [ProtocolAdapter]: something the server did, or something the user of the client
/// wants.
///
/// A session is named as the server names it; kinds with one session name
/// [ProtocolAdapter#ONLY_SESSION].
public sealed interface ProtocolEvent {
    /// A connection is open.
    ///
    /// @param credential empty if there is none
    record Opened(String credential) implements ProtocolEvent {}

    /// A text frame was received.
    record FrameReceived(String text) implements ProtocolEvent {}

    /// The connection ended, and with it everything that was under way.
    ///
    /// @param code 1006 if the connection was lost
    record Closed(int code, String reason) implements ProtocolEvent {}

    /// A prompt is to be sent. Only while no turn of this session runs.
    record PromptSubmitted(String session, String uuid, String text) implements ProtocolEvent {}

    /// The session's turn is to be stopped. Only if the kind can.
    record InterruptRequested(String session) implements ProtocolEvent {}

    /// The user replied to an ask.
    ///
    /// @param reply the inner object of the response, with `behavior`
    record AskResolved(String session, String requestId, JsonNode reply) implements ProtocolEvent {}

    /// A session is to be created; for kinds with one session, the options of that one.
    ///
    /// @param id its future name
    record SessionRequested(String id, NewSessionRequest options) implements ProtocolEvent {}

    /// A session is to be ended.
    record SessionEndRequested(String session) implements ProtocolEvent {}

    /// Later prompts are to run with these options; null for no change.
    record OptionsChosen(@Nullable String mode, @Nullable String model) implements ProtocolEvent {}

    /// Two seconds have passed in which a turn was running.
    record TurnPollDue() implements ProtocolEvent {}
}
