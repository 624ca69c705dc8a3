package dev.oriel.agent.cli.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.FolderCommands;
import dev.oriel.agent.FolderCommands.Item;
import dev.oriel.agent.FolderInspector;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Lists what the CLI takes from a folder and its parents: settings, MCP servers, agents and skills
/// that bring hooks of their own. Version 2.1.332 reads `.mcp.json` of every parent, and local
/// settings of the repository's root, so that the contents of parents are listed too.
public final class CliFolderInspector implements FolderInspector {
    /// Bytes. A larger file is listed as a whole.
    private static final int LARGEST = 256 * 1024;

    private static final int MOST_FILES = 500;

    /// Settings that run nothing and allow nothing to run.
    private static final Set<String> HARMLESS =
            Set.of(
                    "$schema",
                    "model",
                    "effortLevel",
                    "alwaysThinkingEnabled",
                    "outputStyle",
                    "language",
                    "includeCoAuthoredBy",
                    "attribution",
                    "cleanupPeriodDays",
                    "spinnerTipsEnabled");

    private final Path home;

    /// @param home the user's home folder, whose settings are the user's own
    public CliFolderInspector(Path home) {
        this.home = home;
    }

    @Override
    public FolderCommands inspect(Path folder) {
        List<Item> items = new ArrayList<>();
        for (Path each = folder; each != null; each = each.getParent()) {
            mcp(each.resolve(".mcp.json"), items);
            Path own = each.resolve(".claude");
            settings(own.resolve("settings.local.json"), items);
            if (!each.equals(home)) {
                settings(own.resolve("settings.json"), items);
                for (String part : List.of("agents", "skills", "commands")) {
                    texts(own.resolve(part), items);
                }
            }
        }
        return new FolderCommands(items);
    }

    private static void mcp(Path file, List<Item> items) {
        JsonNode json = json(file, items);
        for (Map.Entry<String, JsonNode> server : json.path("mcpServers").properties()) {
            items.add(
                    new Item(
                            file.toString(),
                            "mcp_server",
                            server.getKey() + ": " + command(server.getValue())));
        }
    }

    private static String command(JsonNode server) {
        StringBuilder text = new StringBuilder(server.path("command").asText(""));
        server.path("args").forEach(a -> text.append(' ').append(a.asText()));
        text.append(server.path("url").asText(""));
        for (Map.Entry<String, JsonNode> other : server.properties()) {
            if (!Set.of("command", "args", "url").contains(other.getKey())) {
                text.append(", ").append(other.getKey()).append(' ').append(other.getValue());
            }
        }
        return text.toString();
    }

    private static void settings(Path file, List<Item> items) {
        for (Map.Entry<String, JsonNode> setting : json(file, items).properties()) {
            String name = setting.getKey();
            JsonNode value = setting.getValue();
            if (name.equals("hooks")) {
                for (Map.Entry<String, JsonNode> event : value.properties()) {
                    hooks(file, event.getKey(), event.getValue(), items);
                }
            } else if (!HARMLESS.contains(name) && !isEmpty(value)) {
                items.add(new Item(file.toString(), "setting", name + ": " + value));
            }
        }
    }

    private static void hooks(Path file, String event, JsonNode matchers, List<Item> items) {
        for (JsonNode matcher : matchers) {
            for (JsonNode hook : matcher.path("hooks")) {
                String on = matcher.path("matcher").asText("");
                String text =
                        hook.path("command").isTextual()
                                ? hook.path("command").asText()
                                : hook.toString();
                items.add(
                        new Item(
                                file.toString(),
                                "hook",
                                event + (on.isEmpty() ? "" : " " + on) + ": " + text));
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    /// Agents, skills and commands are text for the model, but their front matter can contain
    /// hooks, servers and tools that run without being asked for.
    private static void texts(Path folder, List<Item> items) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, 4)) {
            files.filter(f -> f.toString().endsWith(".md") && Files.isRegularFile(f))
                    .sorted()
                    .limit(MOST_FILES)
                    .forEach(f -> head(f, items));
        } catch (IOException | RuntimeException e) {
            items.add(new Item(folder.toString(), "file", "cannot be read"));
        }
    }

    private static void head(Path file, List<Item> items) {
        String text = text(file, items);
        int end = text.startsWith("---") ? text.indexOf("\n---", 3) : -1;
        if (end < 0) {
            return;
        }
        String head = text.substring(3, end).strip();
        boolean runs =
                head.lines()
                        .map(String::strip)
                        .anyMatch(l ->
                                l.startsWith("hooks:")
                                        || l.startsWith("mcpServers:")
                                        || l.startsWith("allowed-tools:"));
        if (runs) {
            items.add(new Item(file.toString(), "file", head));
        }
    }

    private static JsonNode json(Path file, List<Item> items) {
        String text = text(file, items);
        if (text.isBlank()) {
            return Json.object();
        }
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            // The CLI may be able to read it.
            items.add(new Item(file.toString(), "file", text));
            return Json.object();
        }
    }

    private static String text(Path file, List<Item> items) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                items.add(
                        new Item(
                                file.toString(),
                                "file",
                                "larger than 256 KiB, changed "
                                        + Files.getLastModifiedTime(file)
                                        + ", "
                                        + Files.size(file)
                                        + " bytes"));
                return "";
            }
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            items.add(new Item(file.toString(), "file", "cannot be read"));
            return "";
        }
    }
}
