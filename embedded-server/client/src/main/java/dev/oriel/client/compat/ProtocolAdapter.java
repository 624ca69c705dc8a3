package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one kind of server speaks: its frames to messages of the CLI's family, and wishes to its
/// frames. Knows no socket, no clock and no thread; one instance lives as long as its client, and
/// is told when a connection begins and ends. Not thread-safe.
public interface ProtocolAdapter {
    /// The name of the session where there is only one.
    String ONLY = "";

    /// A connection is open.
    ///
    /// @param credential empty if there is none
    List<ProtocolEffect> onOpen(String credential);

    /// A text frame came. Never throws on what a server sends.
    List<ProtocolEffect> onFrame(String frame);

    /// The connection is over: what was under way ends with it.
    ///
    /// @param code 1006 where the connection was lost
    List<ProtocolEffect> onClose(int code, String reason);

    /// What an end means to this kind; called after [#onClose].
    DisconnectReason ending(DisconnectReason usual, int code, String reason);

    /// A prompt, while no turn of this session runs.
    List<ProtocolEffect> prompt(String session, String uuid, String text);

    /// Stops the session's turn. Called only where the kind can.
    List<ProtocolEffect> interrupt(String session);

    /// Answers an ask.
    ///
    /// @param answer the inner object, with `behavior`
    default List<ProtocolEffect> answer(String session, String requestId, JsonNode answer) {
        return List.of();
    }

    /// Begins a session, or says how the only one is to be.
    ///
    /// @param id what it is to be called
    List<ProtocolEffect> begin(String id, NewSessionRequest how);

    /// Ends a session.
    List<ProtocolEffect> end(String session);

    /// How later prompts are to run; null for what counts now.
    default void choose(@Nullable String mode, @Nullable String model) {}

    /// A while has passed in which a turn was under way.
    default List<ProtocolEffect> waited() {
        return List.of();
    }

    /// Where to connect.
    default URI address(ServerAddress server, String credential) {
        return server.webSocketUri("");
    }

    /// A frame as an object; null if it is none.
    static @Nullable ObjectNode object(String frame) {
        try {
            return Json.parseObject(frame.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException _) {
            return null;
        }
    }

    /// A frame that means nothing here, in few words.
    static List<ProtocolEffect> ignored(String why) {
        return List.of(new ProtocolEffect.Ignored(why));
    }
}
