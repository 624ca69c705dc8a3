package dev.oriel.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One JSON object of the CLI's stream-json family: a parsed view of its bytes.
///
/// The bytes are one line of UTF-8 without its line break. They are journaled and forwarded as they
/// are, and never rebuilt from objects. The members that routing needs ([#type()], [#subtype()], …)
/// are read once, when the message is created; the whole tree is built on demand.
///
/// Immutable, as long as nobody writes into [#bytes()]; safe for any thread.
public final class Message {
    private final byte[] bytes;
    private final RoutingFields route;
    private volatile @Nullable JsonNode tree;

    private Message(byte[] bytes, RoutingFields route) {
        this.bytes = bytes;
        this.route = route;
    }

    /// Parses one line.
    ///
    /// @param line UTF-8, without a line break; the array is not copied
    /// @return the message
    /// @throws MalformedMessageException if it is not one JSON object with a string `type`, or not
    ///   UTF-8
    public static Message parse(byte[] line) throws MalformedMessageException {
        return new Message(line, RoutingFields.of(line));
    }

    /// Parses one line of text.
    ///
    /// @param line without a line break
    /// @return the message
    /// @throws MalformedMessageException if it is not one JSON object with a string `type`
    public static Message parse(String line) throws MalformedMessageException {
        return parse(line.getBytes(StandardCharsets.UTF_8));
    }

    /// A message of an object.
    ///
    /// @param object with a string `type`
    /// @return the message
    /// @throws IllegalArgumentException if the object has no string `type`: a bug of the caller
    public static Message of(JsonNode object) {
        try {
            return parse(Json.encode(object));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The line as it was received.
    ///
    /// @return not a copy: do not write into it
    public byte[] bytes() {
        return bytes;
    }

    /// The member `type`.
    ///
    /// @return one of [MessageType], or any other
    public String type() {
        return route.type();
    }

    /// The member `subtype` of the object, or of its `request` or `response` if it is a control
    /// message.
    ///
    /// @return one of [SystemSubtype], [ControlSubtype] or [ResultSubtype], or any other; null if
    ///   it is missing
    public @Nullable String subtype() {
        return route.subtype();
    }

    /// The member `uuid`.
    ///
    /// @return null if it is missing
    public @Nullable String uuid() {
        return route.uuid();
    }

    /// The member `session_id`: the CLI's own id, not that of Oriel's session.
    ///
    /// @return null if it is missing
    public @Nullable String agentSessionId() {
        return route.sessionId();
    }

    /// The member `request_id` of a control message, also if it is inside of `response`.
    ///
    /// @return null if it is missing
    public @Nullable String requestId() {
        return route.requestId();
    }

    /// The member `event.type` of a `stream_event`.
    ///
    /// @return one of [StreamEventType], or any other; null for other messages
    public @Nullable String eventType() {
        return route.eventType();
    }

    /// The member `parent_tool_use_id`: the tool call on which the subagent works that sent this.
    ///
    /// @return null if the message belongs to the conversation itself
    public @Nullable String parentToolUseId() {
        return route.parent();
    }

    /// Whether the message has a type.
    ///
    /// @param type see [MessageType]
    /// @return whether it has
    public boolean is(String type) {
        return route.type().equals(type);
    }

    /// Whether the message has a type and a subtype.
    ///
    /// @param type see [MessageType]
    /// @param subtype see [#subtype()]
    /// @return whether it has both
    public boolean is(String type, String subtype) {
        return route.type().equals(type) && subtype.equals(route.subtype());
    }

    /// Whether the message is forwarded without being journaled: deltas, control messages, and
    /// progress that means nothing after the turn.
    ///
    /// @return whether it is
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

    /// The whole object, which is built by the first call.
    ///
    /// @return not a copy: do not change it
    public JsonNode tree() {
        JsonNode t = tree;
        if (t == null) {
            t = Json.parse(bytes);
            tree = t;
        }
        return t;
    }

    /// The message without the `seq` that its sender may have set.
    ///
    /// @return this message if it has none
    public Message withoutSeq() {
        if (!route.numbered()) {
            return this;
        }
        ObjectNode copy = tree().deepCopy();
        copy.remove("seq");
        return of(copy);
    }

    /// The bytes of the object with `"seq":N` as its first member.
    ///
    /// @param seq position in the session, from 1
    /// @return a copy
    public byte[] withSeq(long seq) {
        return SeqSplice.insertSeq(bytes, seq);
    }

    /// The bytes of a message with `"seq":N` as its first member.
    ///
    /// @param message the bytes of an object
    /// @param seq position in the session, from 1
    /// @return a copy
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
