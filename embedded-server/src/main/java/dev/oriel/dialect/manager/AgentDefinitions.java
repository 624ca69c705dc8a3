package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agents that a client can name: Markdown files with a header, in `.claude/agents` of the
/// working folder, else of the home folder (wire.md 5.1). Read for each use. Blocks.
///
/// Of a header only lines `name: value` are read, with quotes and with values that continue in
/// indented lines. These files contain nothing else, and a library for all of YAML would be larger
/// than the dialect.
record AgentDefinitions(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDefinitions.class);
    private static final int MAX_FILES = 500;
    private static final long MAX_BYTES = 1024 * 1024;
    private static final String FENCE = "---";

    /// @param header the members between the two lines `---`
    /// @param prompt the text after them
    record AgentDefinition(String name, Map<String, String> header, String prompt) {
        ObjectNode toJson(boolean includePrompt) {
            ObjectNode json = Json.object().put("name", name);
            json.put("description", header.getOrDefault("description", ""));
            for (String member : List.of("tools", "model", "color")) {
                json.put(member, header.get(member));
            }
            if (includePrompt) {
                json.put("system_prompt", prompt);
                json.put("system_prompt_length", prompt.codePointCount(0, prompt.length()));
            }
            return json;
        }
    }

    /// @param working null for the agents of the home folder
    static AgentDefinitions forFolder(@Nullable Path working) {
        Path inHome = Path.of(System.getProperty("user.home"), ".claude", "agents");
        if (working == null) {
            return new AgentDefinitions(inHome);
        }
        Path own = working.resolve(".claude").resolve("agents");
        return new AgentDefinitions(Files.isDirectory(own) ? own : inHome);
    }

    @Nullable AgentDefinition find(String name) {
        return all().get(name);
    }

    /// By name, in the order of the files.
    Map<String, AgentDefinition> all() {
        Map<String, AgentDefinition> agents = new LinkedHashMap<>();
        for (Path file : files()) {
            try {
                if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                    AgentDefinition agent =
                            parse(file.getFileName().toString(), Files.readString(file));
                    agents.putIfAbsent(agent.name(), agent);
                }
            } catch (IOException e) {
                LOG.warn("An agent's file is ignored: {}", e.toString());
            }
        }
        return agents;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.md")) {
            for (Path file : found) {
                if (files.size() < MAX_FILES) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The folder of agents cannot be read: {}", e.toString());
        }
        Collections.sort(files);
        return files;
    }

    /// Without a header, the agent's name is that of the file.
    static AgentDefinition parse(String fileName, String text) {
        String defaultName = fileName.substring(0, fileName.length() - ".md".length());
        List<String> lines = text.lines().toList();
        int end = lines.isEmpty() || !lines.getFirst().strip().equals(FENCE) ? -1 : 1;
        while (end > 0 && end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
            end++;
        }
        if (end < 0 || end == lines.size()) {
            return new AgentDefinition(defaultName, Map.of(), text.strip());
        }
        Map<String, String> header = header(lines.subList(1, end));
        String prompt = String.join("\n", lines.subList(end + 1, lines.size())).strip();
        return new AgentDefinition(header.getOrDefault("name", defaultName), header, prompt);
    }

    private static Map<String, String> header(List<String> lines) {
        Map<String, String> header = new LinkedHashMap<>();
        String name = null;
        for (String line : lines) {
            boolean continues = line.isBlank() || Character.isWhitespace(line.charAt(0));
            int colon = line.indexOf(':');
            if (continues && name != null && !line.isBlank()) {
                header.merge(name, line.strip(), (a, b) -> a.isEmpty() ? b : a + " " + b);
            } else if (!continues && colon > 0 && !line.startsWith("#")) {
                name = line.substring(0, colon).strip();
                header.put(name, value(line.substring(colon + 1).strip()));
            }
        }
        return header;
    }

    private static String value(String text) {
        if (text.matches("[|>][+-]?")) {
            return ""; // the value is in the following lines
        }
        boolean quoted =
                text.length() > 1
                        && (text.startsWith("\"") || text.startsWith("'"))
                        && text.endsWith(text.substring(0, 1));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
