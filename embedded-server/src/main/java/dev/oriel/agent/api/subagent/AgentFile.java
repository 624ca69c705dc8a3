package dev.oriel.agent.api.subagent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads types of subagents from Markdown files with front matter: `name`, `description`, `tools`,
/// `disallowedTools`, `model`; the text is the system prompt.
final class AgentFile {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_FILES = 200;

    private AgentFile() {}

    /// The definitions in a folder, by the names of their files. Files that cannot be read, or are
    /// no definitions, are left out. Empty if there is no such folder.
    static List<AgentDefinition> readAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<AgentDefinition> found = new ArrayList<>();
            for (Path file :
                    entries.filter(f -> f.getFileName().toString().endsWith(".md"))
                            .sorted()
                            .limit(MOST_FILES)
                            .toList()) {
                AgentDefinition definition = read(file);
                if (definition != null) {
                    found.add(definition);
                }
            }
            return found;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable AgentDefinition read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return null;
            }
            String name = file.getFileName().toString();
            return parse(
                    name.substring(0, name.length() - ".md".length()),
                    Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return null;
        }
    }

    /// @param name used if the text has none
    /// @return null if the text has no front matter or no description
    static @Nullable AgentDefinition parse(String name, String text) {
        List<String> lines = text.replace("\uFEFF", "").lines().toList();
        int end = lines.isEmpty() || !lines.getFirst().strip().equals("---") ? -1 : 1;
        while (end > 0 && end < lines.size() && !lines.get(end).strip().equals("---")) {
            end++;
        }
        if (end < 0 || end == lines.size()) {
            return null;
        }
        Map<String, String> values = values(lines.subList(1, end));
        String description = values.getOrDefault("description", "");
        if (description.isBlank()) {
            return null;
        }
        String prompt = String.join("\n", lines.subList(end + 1, lines.size())).strip();
        String tools = values.get("tools");
        return new AgentDefinition(
                values.getOrDefault("name", name),
                description,
                prompt.isEmpty() ? null : prompt,
                tools == null || tools.equals("*") ? null : list(tools),
                list(values.getOrDefault("disallowedTools", "")),
                SubagentTypes.model(values.get("model")));
    }

    /// The values by name; a list is joined with commas.
    private static Map<String, String> values(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        String last = "";
        for (String line : lines) {
            String entry = line.strip();
            int colon = line.indexOf(':');
            if (entry.isEmpty() || entry.startsWith("#")) {
                continue;
            }
            if (line.startsWith("- ") || Character.isWhitespace(line.charAt(0))) {
                boolean isItem = entry.startsWith("- ");
                String more = unquoted(isItem ? entry.substring(2) : entry);
                String joint = isItem ? "," : " ";
                values.merge(last, more, (a, b) -> a.isEmpty() ? b : a + joint + b);
            } else if (colon > 0) {
                last = line.substring(0, colon).strip();
                String value = unquoted(line.substring(colon + 1).strip());
                boolean isBlock = value.matches("[|>][+-]?");
                values.put(last, isBlock ? "" : value);
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && (isIn('"', value) || isIn('\'', value));
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isIn(char quote, String value) {
        return value.charAt(0) == quote && value.charAt(value.length() - 1) == quote;
    }

    private static List<String> list(String value) {
        String items = value.startsWith("[") ? value.replaceAll("[\\[\\]]", "") : value;
        return Stream.of(items.split(","))
                .map(item -> unquoted(item.strip()))
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
