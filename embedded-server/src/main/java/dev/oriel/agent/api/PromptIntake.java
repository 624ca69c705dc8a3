package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutcome;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What happens to a prompt before the model gets it: hooks, slash commands, files that it
/// mentions. What the model is told besides the prompt is emitted as synthetic messages. Used by
/// the agent's thread.
final class PromptIntake {
    private static final Pattern COMMAND =
            Pattern.compile("/([\\w:.-]+)(?:\\s+(.*))?", Pattern.DOTALL);

    private final AgentParts parts;
    private final ModelSettings models;
    private final BuiltInCommands commands;
    private final TurnMessages messages;
    private final TurnOutput output;
    private @Nullable Told toldSkills;

    /// A text that the model knows, and the message that holds it.
    private record Told(String text, @Nullable String uuid) {}

    PromptIntake(
            AgentParts parts,
            ModelSettings models,
            BuiltInCommands commands,
            TurnMessages messages,
            TurnOutput output) {
        this.parts = parts;
        this.models = models;
        this.commands = commands;
        this.messages = messages;
        this.output = output;
    }

    /// Notes a message of the conversation so far, so that the model is told nothing twice.
    void onHistory(Message message) {
        if (isForgotten(message)) {
            toldSkills = null;
        } else if (message.is(MessageType.USER) && message.tree().path("isSynthetic").asBoolean()) {
            JsonNode text = message.tree().path("message").path("content").path(0).path("text");
            if (text.asText().equals(parts.commands().skillReminder())) {
                toldSkills = new Told(text.asText(), message.uuid());
            }
        }
    }

    /// Takes a prompt that is the last message of the conversation.
    ///
    /// @return how the turn ended; null if the model answers the prompt
    /// @throws java.util.concurrent.CancellationException if the scope is cancelled
    @Nullable TurnOutcome take(Message prompt, CancelScope cancel) throws InterruptedException {
        cancel.check();
        String text = text(prompt);
        Matcher command = COMMAND.matcher(text.strip());
        String arguments = "";
        boolean isCommand = command.matches();
        if (isCommand) {
            arguments = command.group(2) == null ? "" : command.group(2).strip();
            TurnOutcome end = commands.run(prompt, command.group(1), arguments, cancel);
            if (end != null) {
                return end;
            }
        }
        HookVerdict hook = parts.hooks().onPrompt(text, cancel);
        hook.notices().forEach(n -> output.emit(messages.informational(n, "warning")));
        String refusal = hook.block() == null ? hook.stop() : hook.block();
        if (refusal != null) {
            return commands.answer("", "", "A hook has stopped this prompt: " + refusal);
        }
        hook.context().forEach(c -> output.emit(messages.synthetic(c)));
        tellSkills();
        parts.attachments().apply(text).forEach(t -> output.emit(messages.synthetic(t)));
        if (isCommand) {
            expand(command.group(1), arguments);
        }
        return null;
    }

    /// Notes a message of the running turn. What a summary has replaced is told again at once: the
    /// turn goes on.
    void onOutput(Message message) {
        if (isForgotten(message)) {
            toldSkills = null;
        } else if (message.is(MessageType.USER)
                && message.tree().path("isCompactSummary").asBoolean()) {
            tellSkills();
        }
    }

    private boolean isForgotten(Message message) {
        if (message.is(MessageType.SYSTEM, SystemSubtype.COMPACT_BOUNDARY)) {
            JsonNode metadata = message.tree().path("compact_metadata");
            JsonNode kept = metadata.path("preserved_messages").path("uuids");
            Told told = toldSkills;
            return told == null
                    || kept.valueStream().noneMatch(u -> u.asText().equals(told.uuid()));
        }
        return message.is(MessageType.CONVERSATION_RESET);
    }

    /// The skills are listed once, and again when they have changed.
    private void tellSkills() {
        String skills = parts.commands().skillReminder();
        if (skills != null && (toldSkills == null || !skills.equals(toldSkills.text()))) {
            Message reminder = messages.synthetic(skills);
            toldSkills = new Told(skills, reminder.uuid());
            output.emit(reminder);
        }
    }

    private void expand(String name, String arguments) {
        Commands.Expansion expansion;
        try {
            expansion = parts.commands().expand(name, arguments);
        } catch (IOException e) {
            output.emit(
                    messages.informational(
                            "The command /" + name + " cannot be read: " + e.getMessage(),
                            "warning"));
            return;
        }
        if (expansion == null) {
            return; // for the model, as text
        }
        parts.permissions().allowForTurn(expansion.allowedTools());
        models.setTurnModel(expansion.model());
        expansion.texts().forEach(t -> output.emit(messages.synthetic(t)));
    }

    /// The text of a prompt; of one with several blocks, the text of all.
    private static String text(Message prompt) {
        JsonNode content = prompt.tree().path("message").path("content");
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts =
                content.valueStream()
                        .filter(b -> b.path("type").asText().equals(BlockType.TEXT))
                        .map(b -> b.path("text").asText())
                        .toList();
        return String.join("\n", texts);
    }
}
