package dev.oriel.client.compat.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.compat.protocol.ProtocolEffect.Note;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The protocol of one kind of server, as pure functions of an immutable state: frames of the
/// server become messages of the CLI's family, requests of the user become frames. Knows no socket,
/// no clock and no thread.
///
/// @param <S> the state; it lives as long as the client, over several connections
public interface ProtocolAdapter<S> {
    /// The name of the session for kinds that have only one.
    String ONLY_SESSION = "";

    /// The outcome of an event.
    ///
    /// @param state the state after it
    /// @param effects to be performed in this order
    record Step<S>(S state, List<ProtocolEffect> effects) {
        static <S> Step<S> of(S state, ProtocolEffect... effects) {
            return new Step<>(state, List.of(effects));
        }
    }

    /// The state of a new client.
    S initialState();

    /// The state and the effects after an event. Never throws because of what a server sent.
    Step<S> on(S state, ProtocolEvent event);

    /// The meaning of the end of a connection; asked after [ProtocolEvent.Closed].
    ///
    /// @param usual its meaning on the native wire
    DisconnectReason disconnectReason(S state, DisconnectReason usual, int code, String reason);

    /// The address to connect to.
    ///
    /// @param credential empty if there is none
    default URI address(ServerAddress server, String credential) {
        return server.webSocketUri("");
    }

    /// Whether the permission mode of an existing session can be changed.
    default boolean canChangeMode() {
        return false;
    }

    /// A frame as a JSON object; null if it is none.
    static @Nullable ObjectNode parseObject(String frame) {
        try {
            return Json.parseObject(frame.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException _) {
            return null;
        }
    }

    /// Notes a frame without a meaning here.
    static Note ignored(String cause) {
        return new Note("ignored: " + cause);
    }
}
