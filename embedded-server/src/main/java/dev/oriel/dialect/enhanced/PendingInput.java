package dev.oriel.dialect.enhanced;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Text that a client has sent as `input` and that no turn has processed yet. If no turn is
/// running, it is placed before the next query's prompt. Not thread-safe.
final class PendingInput {
    private static final int MAX_CHARS = 1_000_000;

    private final List<String> waiting = new ArrayList<>();
    private final Map<String, String> handedOver = new LinkedHashMap<>();

    /// @throws BadRequestException if too much is pending
    void add(String text) throws BadRequestException {
        int chars = waiting.stream().mapToInt(String::length).sum();
        if (chars + text.length() > MAX_CHARS) {
            throw new BadRequestException("Too much input waits for a query.");
        }
        if (!text.isBlank()) {
            waiting.add(text);
        }
    }

    /// Removes all of it, as messages for the running turn.
    List<Message> drainToMessages() {
        List<Message> messages = new ArrayList<>(waiting.size());
        for (String text : waiting) {
            UUID uuid = UUID.randomUUID();
            handedOver.put(uuid.toString(), text);
            messages.add(UserMessages.prompt(uuid, text));
        }
        waiting.clear();
        return messages;
    }

    /// Keeps text that arrived too late for its turn for the next one.
    void onEvent(SessionEvent event) {
        if (event instanceof MessageEvent(Message message)
                && message.is(MessageType.USER)
                && message.uuid() != null) {
            handedOver.remove(message.uuid());
        } else if (event instanceof PromptChanged(UUID prompt, Progress progress)
                && progress == Progress.CANCELLED) {
            String text = handedOver.remove(prompt.toString());
            if (text != null) {
                waiting.add(text);
            }
        }
    }

    /// Prepends all pending text to a prompt, and removes it.
    String prependTo(String prompt) {
        List<String> parts = new ArrayList<>(waiting);
        waiting.clear();
        parts.add(prompt);
        return String.join("\n\n", parts);
    }
}
