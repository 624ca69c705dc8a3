package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One turn of a [Chat]: collects the text of the answer, and recognises its end.
///
/// Created by any thread; afterwards confined to the client's lane, except for [#answer()].
final class ChatTurn {
    private final UUID prompt = UUID.randomUUID();
    private final CompletableFuture<Chat.Answer> answer = new CompletableFuture<>();
    private final AnswerAccumulator accumulator = new AnswerAccumulator();
    private final StringBuilder text = new StringBuilder();

    /// Whether the server has started the turn.
    private boolean started;

    UUID prompt() {
        return prompt;
    }

    CompletableFuture<Chat.Answer> answer() {
        return answer;
    }

    /// Appends what a message adds to the text of the answer.
    ///
    /// @return the added text; mostly empty
    String append(Message message) {
        String added = accumulator.append(message);
        text.append(added);
        return added;
    }

    /// The answer, if this message is the end of the turn.
    Chat.@Nullable Answer finish(Message message) {
        started |= message.is(MessageType.USER) && prompt.toString().equals(message.uuid());
        JsonNode tree = message.tree();
        return switch (message.type()) {
            case MessageType.RESULT -> result(tree);
            case MessageType.ERROR -> failed(tree.path("error").path("message").asText());
            case MessageType.SYSTEM ->
                    switch (String.valueOf(message.subtype())) {
                        case SystemSubtype.ORIEL_AGENT_EXITED ->
                                failed(tree.path("text").asText("The agent ended."));
                        case SystemSubtype.ORIEL_SESSION -> notStarted(tree.path("session"));
                        default -> null;
                    };
            default -> null;
        };
    }

    /// A prompt that cannot be given to an agent has no result; the state of the session tells why.
    private Chat.@Nullable Answer notStarted(JsonNode session) {
        return !started && session.path("state").asText().equals("failed")
                ? failed(session.path("error").asText("The turn could not be started."))
                : null;
    }

    private Chat.Answer result(JsonNode result) {
        boolean error =
                result.path("is_error").asBoolean()
                        || result.path("subtype").asText().startsWith("error");
        double cost = result.path("total_cost_usd").asDouble();
        return new Chat.Answer(text.toString(), error, error ? problem(result) : "", cost);
    }

    /// An answer that ends here, with what was received so far.
    Chat.Answer failed(String problem) {
        return new Chat.Answer(text.toString(), true, problem, 0);
    }

    private static String problem(JsonNode result) {
        String text = result.path("result").asText("");
        if (!text.isBlank()) {
            return text;
        }
        if (result.path("terminal_reason").asText("").startsWith("aborted")) {
            return "Interrupted.";
        }
        List<String> errors = new ArrayList<>();
        for (JsonNode error : result.path("errors")) {
            if (!error.asText("").startsWith("[ede_diagnostic]")) {
                errors.add(error.asText(""));
            }
        }
        return !errors.isEmpty()
                ? String.join("\n", errors)
                : "The turn ended with an error (" + result.path("subtype").asText() + ").";
    }
}
