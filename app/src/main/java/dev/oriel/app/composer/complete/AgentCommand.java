package dev.oriel.app.composer.complete;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A command or skill of the agent, as its reply to `initialize` lists it (`commands`).
///
/// @param name without the slash
/// @param argumentHint what can follow the name; empty for nothing
/// @param aliases other names of it
/// @param builtin whether every session of the agent has it; others belong to the folder or user
public record AgentCommand(
        String name,
        String description,
        String argumentHint,
        List<String> aliases,
        boolean builtin) {
    /// Names that are longer are no names of commands.
    private static final int MAX_NAME = 100;

    public AgentCommand {
        aliases = List.copyOf(aliases);
    }

    /// The commands in a reply. Omits those that a program sends, whose names start with an
    /// underscore.
    ///
    /// @param reply the payload of the response to `initialize`
    public static List<AgentCommand> listFromJson(JsonNode reply) {
        List<AgentCommand> commands = new ArrayList<>();
        for (JsonNode each : reply.path("commands")) {
            String name = each.path("name").asText("").strip();
            if (isName(name)) {
                List<String> aliases = new ArrayList<>();
                for (JsonNode alias : each.path("aliases")) {
                    if (isName(alias.asText(""))) {
                        aliases.add(alias.asText());
                    }
                }
                commands.add(
                        new AgentCommand(
                                name,
                                each.path("description").asText("").strip(),
                                each.path("argumentHint").asText("").strip(),
                                aliases,
                                each.path("builtin").asBoolean()));
            }
        }
        return List.copyOf(commands);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && !name.startsWith("_")
                && name.codePoints().noneMatch(AgentCommand::breaksWord);
    }

    /// The name is inserted as one word.
    private static boolean breaksWord(int c) {
        return Character.isWhitespace(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
