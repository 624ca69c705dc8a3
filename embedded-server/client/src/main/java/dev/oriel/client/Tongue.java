package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one kind of server speaks: its frames to messages of the CLI's family, and wishes to its
/// frames. Knows no socket, no clock and no thread; one instance lives as long as its client, and
/// is told when a connection begins and ends. Not thread-safe.
interface Tongue {
    /// The name of the session where there is only one.
    String ONLY = "";

    /// A connection is open.
    ///
    /// @param credential empty if there is none
    List<Event> opened(String credential);

    /// A text frame came. Never throws on what a server sends.
    List<Event> heard(String frame);

    /// The connection is over: what was under way ends with it.
    ///
    /// @param code 1006 where the connection was lost
    List<Event> closed(int code, String reason);

    /// What an end means to this kind; called after [#closed].
    Ending ending(Ending usual, int code, String reason);

    /// A prompt, while no turn of this session runs.
    List<Event> prompt(String session, String uuid, String text);

    /// Stops the session's turn. Called only where the kind can.
    List<Event> interrupt(String session);

    /// Answers an ask.
    ///
    /// @param answer the inner object, with `behavior`
    default List<Event> answer(String session, String requestId, JsonNode answer) {
        return List.of();
    }

    /// Begins a session, or says how the only one is to be.
    ///
    /// @param id what it is to be called
    List<Event> begin(String id, NewSession how);

    /// Ends a session.
    List<Event> end(String session);

    /// How later prompts are to run; null for what counts now.
    default void choose(@Nullable String mode, @Nullable String model) {}

    /// A while has passed in which a turn was under way.
    default List<Event> waited() {
        return List.of();
    }

    /// Where to connect.
    default URI address(ServerAddress server, String credential) {
        return server.webSocket("");
    }

    /// A frame as an object; null if it is none.
    static @Nullable ObjectNode object(String frame) {
        try {
            return Json.readObject(frame.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException _) {
            return null;
        }
    }

    /// A frame that means nothing here, in few words.
    static List<Event> ignored(String why) {
        return List.of(new Event.Ignored(why));
    }
}
