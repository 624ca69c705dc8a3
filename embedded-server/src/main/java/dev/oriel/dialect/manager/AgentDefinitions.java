package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
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

/// The agents that a client can name: Markdown files with a head, in `.claude/agents` of the folder
/// it works in, else of the home folder (wire.md 5.1). Read anew each time. Blocks.
///
/// Of a head only lines `name: value` are read, with quotes and with text that goes on in indented
/// lines; that is what these files have, and a library for all of YAML would weigh more than the
/// dialect.
record AgentDefinitions(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(AgentDefinitions.class);
    private static final int MOST_FILES = 500;
    private static final long LONGEST = 1024 * 1024;
    private static final String FENCE = "---";

    /// @param head what stands between the two lines `---`
    /// @param prompt what stands behind them
    record AgentDefinition(String name, Map<String, String> head, String prompt) {
        ObjectNode toJson(boolean whole) {
            ObjectNode json = Json.object().put("name", name);
            json.put("description", head.getOrDefault("description", ""));
            for (String member : List.of("tools", "model", "color")) {
                json.put(member, head.get(member));
            }
            if (whole) {
                json.put("system_prompt", prompt);
                json.put("system_prompt_length", prompt.codePointCount(0, prompt.length()));
            }
            return json;
        }
    }

    /// @param working null for the home folder's agents
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
                if (Files.isRegularFile(file) && Files.size(file) <= LONGEST) {
                    AgentDefinition agent =
                            parse(file.getFileName().toString(), Files.readString(file));
                    agents.putIfAbsent(agent.name(), agent);
                }
            } catch (IOException e) {
                LOG.warn("An agent's file is left out: {}", e.toString());
            }
        }
        return agents;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.md")) {
            for (Path file : found) {
                if (files.size() < MOST_FILES) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn("The folder of agents cannot be read: {}", e.toString());
        }
        Collections.sort(files);
        return files;
    }

    /// A file without a head is named as the file is.
    static AgentDefinition parse(String fileName, String text) {
        String standard = fileName.substring(0, fileName.length() - ".md".length());
        List<String> lines = text.lines().toList();
        int end = lines.isEmpty() || !lines.getFirst().strip().equals(FENCE) ? -1 : 1;
        while (end > 0 && end < lines.size() && !lines.get(end).strip().equals(FENCE)) {
            end++;
        }
        if (end < 0 || end == lines.size()) {
            return new AgentDefinition(standard, Map.of(), text.strip());
        }
        Map<String, String> head = head(lines.subList(1, end));
        String prompt = String.join("\n", lines.subList(end + 1, lines.size())).strip();
        return new AgentDefinition(head.getOrDefault("name", standard), head, prompt);
    }

    private static Map<String, String> head(List<String> lines) {
        Map<String, String> head = new LinkedHashMap<>();
        String name = null;
        for (String line : lines) {
            boolean goesOn = line.isBlank() || Character.isWhitespace(line.charAt(0));
            int colon = line.indexOf(':');
            if (goesOn && name != null && !line.isBlank()) {
                head.merge(name, line.strip(), (a, b) -> a.isEmpty() ? b : a + " " + b);
            } else if (!goesOn && colon > 0 && !line.startsWith("#")) {
                name = line.substring(0, colon).strip();
                head.put(name, value(line.substring(colon + 1).strip()));
            }
        }
        return head;
    }

    private static String value(String text) {
        if (text.matches("[|>][+-]?")) {
            return ""; // the text stands in the lines below
        }
        boolean quoted =
                text.length() > 1
                        && (text.startsWith("\"") || text.startsWith("'"))
                        && text.endsWith(text.substring(0, 1));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
