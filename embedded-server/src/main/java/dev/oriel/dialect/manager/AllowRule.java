package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A permission in advance: tool uses that a client allows for the rest of a session (wire.md 5.6).
///
/// A rule never allows more than it says. A command prefix matches one plain command, such as `npm`
/// for `npm test`, but no command with which the shell would run another. Links in a folder are
/// followed.
///
/// @param json as the client sent it, with its id
record AllowRule(UUID id, String tool, ObjectNode json) {
    private static final String EVERYTHING = "*";
    private static final Set<String> ALL_FILES = Set.of(EVERYTHING, "/**");

    /// A command without characters by which the shell would run or write anything else.
    private static final Pattern PLAIN = Pattern.compile("[^;&|<>`$()\\r\\n\\\\]*");

    /// @throws CommandRefusedException if it is invalid, or would allow nothing
    static AllowRule parse(JsonNode rule) throws CommandRefusedException {
        String tool = rule.path("tool").asText("");
        boolean isComplete =
                switch (rule.path("match_mode").asText()) {
                    case "exact" -> rule.path("parameters").isObject();
                    case "pattern" -> hasPattern(rule.path("pattern"));
                    default -> false;
                };
        if (tool.isEmpty() || !isComplete) {
            throw new CommandRefusedException(
                    "Failed to add always-allow rule: a rule needs a tool, and either match_mode"
                            + " exact with parameters or match_mode pattern with a pattern");
        }
        UUID id = UUID.randomUUID();
        ObjectNode json = Json.object().put("id", id.toString());
        for (String name :
                new String[] {"tool", "match_mode", "parameters", "pattern", "description"}) {
            if (rule.hasNonNull(name)) {
                json.set(name, rule.get(name).deepCopy());
            }
        }
        return new AllowRule(id, tool, json);
    }

    private static boolean hasPattern(JsonNode pattern) {
        for (String name :
                new String[] {
                    "command_prefix", "directory_path", "file_path_pattern", "path_pattern"
                }) {
            if (!pattern.path(name).asText("").isBlank()) {
                return true;
            }
        }
        return false;
    }

    ObjectNode toJson() {
        return json;
    }

    /// Whether it allows a tool use. Can resolve links in the file system.
    ///
    /// @param name the CLI's name of the tool
    /// @param folder working folder of the agent; null if it is not known
    boolean allows(String name, JsonNode input, @Nullable Path folder) {
        if (!tool.equals(ManagerTool.wireNameOf(name))) {
            return false;
        }
        if ("exact".equals(json.path("match_mode").asText())) {
            return json.path("parameters").equals(input);
        }
        JsonNode pattern = json.path("pattern");
        return switch (tool) {
            case "Bash" -> isCommand(pattern.path("command_prefix").asText(""), input);
            case "Read", "Write", "Edit" -> isInDirectory(directory(pattern), input, folder);
            case "Grep", "Glob" -> EVERYTHING.equals(pattern.path("path_pattern").asText());
            default -> false;
        };
    }

    private static String directory(JsonNode pattern) {
        return pattern.path("directory_path").asText(pattern.path("file_path_pattern").asText(""));
    }

    private static boolean isCommand(String prefix, JsonNode input) {
        if (prefix.equals(EVERYTHING)) {
            return true;
        }
        String command = input.path("command").asText("").strip();
        return !prefix.isBlank()
                && PLAIN.matcher(command).matches()
                && (command.equals(prefix) || command.startsWith(prefix.strip() + " "));
    }

    private static boolean isInDirectory(String directory, JsonNode input, @Nullable Path folder) {
        if (ALL_FILES.contains(directory)) {
            return true;
        }
        String file = input.path("file_path").asText("");
        if (directory.isBlank() || file.isBlank()) {
            return false;
        }
        try {
            return resolveLinks(file, folder).startsWith(resolveLinks(directory, folder));
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    /// The path with its links resolved, as far as it exists.
    private static Path resolveLinks(String text, @Nullable Path folder) throws IOException {
        Path path = folder == null ? Path.of(text) : folder.resolve(text);
        Path full = path.toAbsolutePath().normalize();
        Path there = full;
        while (there.getParent() != null && !there.toFile().exists()) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(full)).normalize();
    }
}
