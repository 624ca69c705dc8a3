package dev.oriel.client.sessions;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.List;

/// Which messages show that the server has a prompt, so that it need not be sent again.
final class ConfirmedPrompts {
    private ConfirmedPrompts() {}

    /// The uuids of the prompts that a message confirms; mostly none.
    static List<String> in(Message message) {
        return switch (message.type()) {
            case MessageType.COMMAND_LIFECYCLE ->
                    List.of(message.tree().path("command_uuid").asText());
            case MessageType.USER -> message.uuid() == null ? List.of() : List.of(message.uuid());
            case MessageType.SYSTEM ->
                    SystemSubtype.ORIEL_QUEUE.equals(message.subtype())
                            ? queued(message)
                            : List.of();
            default -> List.of();
        };
    }

    private static List<String> queued(Message queue) {
        List<String> uuids = new ArrayList<>();
        queue.tree().path("prompts").forEach(p -> uuids.add(p.path("uuid").asText()));
        return uuids;
    }
}
