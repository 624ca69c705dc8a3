package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One JSON object of the CLI's stream-json family: a parsed view over the bytes it came in.
///
/// The bytes are one line of UTF-8 without its line break, and they are what is journaled and
/// forwarded: a message is never built into objects and written out again. What routing needs
/// ([#type()], [#subtype()], …) is read once, when the message is made; the whole tree is only
/// built where somebody asks for it.
///
/// Immutable as long as nobody writes into [#bytes()]; safe to hand to any thread.
public final class Message {
    private final byte[] bytes;
    private final RoutingFields route;
    private volatile @Nullable JsonNode tree;

    private Message(byte[] bytes, RoutingFields route) {
        this.bytes = bytes;
        this.route = route;
    }

    /// Reads one line.
    ///
    /// @param line UTF-8, without a line break; the message keeps this very array
    /// @throws MalformedMessageException if it is not one JSON object with a string `type`, or not
    ///   UTF-8
    public static Message parse(byte[] line) throws MalformedMessageException {
        return new Message(line, RoutingFields.of(line));
    }

    /// Like [#parse(byte\[\])], from text.
    public static Message parse(String line) throws MalformedMessageException {
        return parse(line.getBytes(StandardCharsets.UTF_8));
    }

    /// A message made by Oriel itself, in the shapes of the family.
    ///
    /// @throws IllegalArgumentException if the object has no string `type`: a bug of the caller
    public static Message of(JsonNode object) {
        try {
            return parse(Json.encode(object));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The line as it came. Do not write into it.
    public byte[] bytes() {
        return bytes;
    }

    public String type() {
        return route.type();
    }

    /// `subtype` of the object, or of its `request` or `response` for control frames.
    public @Nullable String subtype() {
        return route.subtype();
    }

    public @Nullable String uuid() {
        return route.uuid();
    }

    /// `session_id` as the agent says it: the CLI's own id, not Oriel's.
    public @Nullable String agentSessionId() {
        return route.sessionId();
    }

    /// `request_id` of a control frame, also where it stands inside `response`.
    public @Nullable String requestId() {
        return route.requestId();
    }

    /// `event.type` of a `stream_event`, null for anything else.
    public @Nullable String eventType() {
        return route.eventType();
    }

    /// `parent_tool_use_id`: the call for which a subagent works that says this; null in the
    /// conversation itself.
    public @Nullable String parentToolUseId() {
        return route.parent();
    }

    public boolean is(String type) {
        return route.type().equals(type);
    }

    public boolean is(String type, String subtype) {
        return route.type().equals(type) && subtype.equals(route.subtype());
    }

    /// Whether this passes by without being journaled: deltas, control frames, and signs of life
    /// that say nothing once the turn is over.
    public boolean isLiveOnly() {
        return switch (route.type()) {
            case MessageType.STREAM_EVENT,
                    MessageType.KEEP_ALIVE,
                    MessageType.TOOL_PROGRESS,
                    MessageType.COMMAND_LIFECYCLE,
                    MessageType.CONTROL_REQUEST,
                    MessageType.CONTROL_RESPONSE,
                    MessageType.CONTROL_CANCEL_REQUEST,
                    MessageType.AUTH_STATUS ->
                    true;
            case MessageType.SYSTEM ->
                    switch (route.subtype()) {
                        case SystemSubtype.THINKING_TOKENS,
                                SystemSubtype.SESSION_STATE_CHANGED,
                                SystemSubtype.ORIEL_SESSION,
                                SystemSubtype.ORIEL_QUEUE,
                                SystemSubtype.ORIEL_UNSENT,
                                SystemSubtype.ORIEL_NOTICE,
                                SystemSubtype.ORIEL_STDERR,
                                SystemSubtype.ORIEL_STDOUT ->
                                true;
                        case null, default -> false;
                    };
            default -> false;
        };
    }

    /// The whole object; built at the first call and kept. Treat it as read-only.
    public JsonNode tree() {
        JsonNode t = tree;
        if (t == null) {
            t = Json.parse(bytes);
            tree = t;
        }
        return t;
    }

    /// The message without a `seq` that its sender gave it: a number of ours must be the only one.
    public Message withoutSeq() {
        if (!route.numbered()) {
            return this;
        }
        ObjectNode copy = tree().deepCopy();
        copy.remove("seq");
        return of(copy);
    }

    /// The object's bytes with `"seq":N` as its first member, and nothing else changed.
    ///
    /// @param seq position in the session, from 1
    public byte[] withSeq(long seq) {
        return SeqSplice.insertSeq(bytes, seq);
    }

    /// Like [#withSeq(long)], for the bytes of a message.
    public static byte[] withSeq(byte[] message, long seq) {
        return SeqSplice.insertSeq(message, seq);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Message m && Arrays.equals(bytes, m.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
