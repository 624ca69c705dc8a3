package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.SessionListener;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.function.Consumer;

/// Receives the messages of a chat's session: passes on the text of answers, recognises their end,
/// and replies to asks.
///
/// Called on the client's lane, except for [#lastProgressNanos()].
final class ChatMessages implements SessionListener {
    private final ChatTurns turns;
    private final Chat.Listener listener;
    private final Consumer<Message> replies;

    /// Written on the client's lane, read by any thread.
    private volatile long lastProgressNanos = System.nanoTime();

    /// @param replies sends a `control_response`
    ChatMessages(ChatTurns turns, Chat.Listener listener, Consumer<Message> replies) {
        this.turns = turns;
        this.listener = listener;
        this.replies = replies;
    }

    /// The time of the last message that shows that the server is at work, in the unit of
    /// [System#nanoTime].
    long lastProgressNanos() {
        return lastProgressNanos;
    }

    @Override
    public void onStatus(ConnectionStatus status) {
        if (status instanceof ConnectionStatus.Offline(String cause, _)) {
            turns.disconnect(cause);
        }
    }

    @Override
    public void onMessage(Message message) {
        if (!message.is(MessageType.KEEP_ALIVE)) {
            lastProgressNanos = System.nanoTime();
        }
        ChatTurn now = turns.current();
        if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)) {
            reply(message, permission(message.tree().path("request")));
        } else if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.ELICITATION)) {
            // There is nobody to ask.
            reply(message, Json.object().put("action", "cancel"));
        } else if (now != null) {
            String text = now.append(message);
            if (!text.isEmpty()) {
                listener.onText(text);
            }
            Chat.Answer answer = now.finish(message);
            if (answer != null) {
                turns.finish(now, answer);
            }
        }
    }

    private ObjectNode permission(JsonNode request) {
        JsonNode input = request.path("input");
        Chat.ToolAsk ask = new Chat.ToolAsk(request.path("tool_name").asText(), input);
        return listener.onToolAsk(ask)
                .map(why -> Json.object().put("behavior", "deny").put("message", why))
                .orElseGet(() -> {
                    ObjectNode allow = Json.object().put("behavior", "allow");
                    allow.set("updatedInput", input);
                    return allow;
                });
    }

    private void reply(Message ask, ObjectNode response) {
        replies.accept(ControlMessages.success(String.valueOf(ask.requestId()), response));
    }
}
