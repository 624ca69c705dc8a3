package dev.oriel.agent.api.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ToolRules;
import dev.oriel.agent.api.prompt.BoundedFiles;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A slash command or a skill, read from its Markdown file. Immutable.
///
/// @param name without the slash
/// @param isSkill whether it is a skill, which has a folder with further files
/// @param isUsers whether it is the user's own, not the project's
record CommandFile(String name, Path file, boolean isSkill, boolean isUsers, FrontMatter content) {
    static final int MAX_SIZE = 256 * 1024;
    private static final int MAX_DESCRIPTION = 400;

    /// @throws IOException if it cannot be read; the message is for the user
    static CommandFile read(String name, Path file, boolean isSkill, boolean isUsers)
            throws IOException {
        BoundedFiles.Text text;
        try {
            text = BoundedFiles.read(file, MAX_SIZE);
        } catch (NoSuchFileException e) {
            throw new IOException("The file of /" + name + " does not exist any more.", e);
        } catch (IOException e) {
            throw new IOException("The file of /" + name + " cannot be read.", e);
        }
        if (text == null) {
            throw new IOException("The file of /" + name + " is not a text file.");
        }
        return new CommandFile(name, file, isSkill, isUsers, FrontMatter.parse(text.text()));
    }

    String description() {
        String given = content.text("description");
        if (given == null) {
            given =
                    content.body()
                            .lines()
                            .map(l -> l.replaceFirst("^#+\\s*", "").strip())
                            .filter(l -> !l.isEmpty())
                            .findFirst()
                            .orElse("");
        }
        String line = given.replaceAll("\\s+", " ");
        return line.length() <= MAX_DESCRIPTION ? line : line.substring(0, MAX_DESCRIPTION) + "…";
    }

    boolean isForUser() {
        return !content.isFalse("user-invocable");
    }

    boolean isForModel() {
        return !content.isTrue("disable-model-invocation");
    }

    /// Rules that its author wants to hold while it runs.
    List<String> allowedTools() {
        List<String> rules = new ArrayList<>();
        for (String each : content.values().getOrDefault("allowed-tools", List.of())) {
            try {
                rules.addAll(ToolRules.parse(List.of(each)));
            } catch (IllegalArgumentException _) {
                // Allows nothing: the calls ask.
            }
        }
        return rules;
    }

    @Nullable String model() {
        String model = content.text("model");
        return model == null || model.equals("inherit") ? null : model;
    }

    ObjectNode toJson() {
        String hint = content.text("argument-hint");
        return Json.object()
                .put("name", name)
                .put("description", description() + (isUsers ? " (user)" : " (project)"))
                .put("argumentHint", hint == null ? "" : hint);
    }
}
