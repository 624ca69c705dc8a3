package dev.oriel.agent.api.command;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.agent.api.prompt.Attachments;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What happens with a prompt before the model gets it: hooks look at it, a slash command is
/// expanded, mentioned files are read. Thread-safe.
public final class PromptPreparation {
    private static final Pattern COMMAND =
            Pattern.compile("/([\\p{L}\\p{N}._:-]{1,200})(?:\\s+(.*))?", Pattern.DOTALL);

    private final Hooks hooks;
    private final Commands commands;
    private final Attachments attachments;

    public PromptPreparation(Hooks hooks, Commands commands, Attachments attachments) {
        this.hooks = hooks;
        this.commands = commands;
        this.attachments = attachments;
    }

    /// A prompt of which the model gets the text as it was typed, followed by further texts.
    ///
    /// @param blocked the reason for the user why the model does not get the prompt; null if it
    ///   does
    /// @param texts follow the prompt as synthetic messages of the user
    /// @param allowedTools rules that hold for the turn
    /// @param model the model for the turn; null for the session's
    /// @param notices sentences for the user
    public record Prepared(
            @Nullable String blocked,
            List<String> texts,
            List<String> allowedTools,
            @Nullable String model,
            List<String> notices) {
        public Prepared {
            texts = List.copyOf(texts);
            allowedTools = List.copyOf(allowedTools);
            notices = List.copyOf(notices);
        }
    }

    /// A slash command as it was typed.
    ///
    /// @param name without the slash
    public record Typed(String name, String arguments) {}

    /// Reads a prompt as a slash command.
    ///
    /// @return null if it is none
    public static @Nullable Typed typed(Message prompt) {
        Matcher command = COMMAND.matcher(UserMessages.text(prompt.tree()).strip());
        if (!command.matches()) {
            return null;
        }
        String arguments = command.group(2);
        return new Typed(command.group(1), arguments == null ? "" : arguments.strip());
    }

    /// Prepares a prompt. Runs hooks and reads files; blocks.
    ///
    /// @throws java.util.concurrent.CancellationException if the scope is cancelled
    public Prepared prepare(Message prompt, CancelScope cancel) {
        String text = UserMessages.text(prompt.tree());
        HookVerdict hook = hooks.onPrompt(text, cancel);
        String refused = hook.block() == null ? hook.stop() : hook.block();
        if (refused != null) {
            return new Prepared(
                    "A hook stopped this prompt: " + refused,
                    List.of(),
                    List.of(),
                    null,
                    hook.notices());
        }
        List<String> texts = new ArrayList<>();
        List<String> allowed = List.of();
        String model = null;
        Commands.Expansion expansion;
        try {
            Typed typed = typed(prompt);
            expansion = typed == null ? null : commands.expand(typed.name(), typed.arguments());
        } catch (IOException e) {
            return new Prepared(e.getMessage(), List.of(), List.of(), null, hook.notices());
        }
        if (expansion == null) {
            texts.addAll(attachments.of(text));
        } else {
            texts.addAll(expansion.texts());
            allowed = expansion.allowedTools();
            model = expansion.model();
        }
        texts.addAll(hook.context());
        return new Prepared(null, texts, allowed, model, hook.notices());
    }
}
