package dev.oriel.agent.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The slash commands and skills of one agent's folder. Thread-safe; methods read files.
public interface Commands {
    /// Neither commands nor skills.
    Commands NONE =
            new Commands() {
                @Override
                public List<ObjectNode> list() {
                    return List.of();
                }

                @Override
                public @Nullable Expansion expand(String name, String arguments) {
                    return null;
                }

                @Override
                public @Nullable String skillReminder() {
                    return null;
                }
            };

    /// `{"name":…, "description":…, "argumentHint":…}`, sorted by name, without built-in commands.
    List<ObjectNode> list();

    /// Expands a command that a user typed, or a skill that the model called.
    ///
    /// @param name without the slash
    /// @return null if there is no such command
    /// @throws IOException if its file cannot be read; the message is for the user
    @Nullable Expansion expand(String name, String arguments) throws IOException;

    /// The list of skills for the model; null if there is none.
    @Nullable String skillReminder();

    /// What a command puts into the conversation.
    ///
    /// @param texts text blocks for the model
    /// @param allowedTools rules that hold for the turn
    /// @param model the model for the turn; null for the session's
    record Expansion(List<String> texts, List<String> allowedTools, @Nullable String model) {
        public Expansion {
            texts = List.copyOf(texts);
            allowedTools = List.copyOf(allowedTools);
        }
    }
}
