package dev.oriel.agent.api.tool.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.files.IgnoreRules.Decision;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Lists a folder as a tree, the entries nearest to it first if there are many.
final class LsTool implements Tool {
    private static final int LIMIT = 1_000;

    /// Entries that are read of one folder.
    private static final int MAX_READ = 20_000;

    @Override
    public String name() {
        return "LS";
    }

    @Override
    public String description() {
        return """
        Lists what is in a folder and its subfolders, at most 1000 entries. `path` is absolute. \
        `ignore` leaves out what matches one of its patterns, for example "node_modules". Prefer \
        Glob and Grep if you know what you are looking for.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "path":{"type":"string","description":"The folder, an absolute path"},
                "ignore":{"type":"array","items":{"type":"string"},"maxItems":100,
                "description":"Patterns of what to leave out"}},
                "required":["path"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        String path = call.input().path("path").asText();
        return path.isBlank() || SearchPath.resolve(path, context) == null
                ? ToolOutcome.refused("The parameter `path` is not a path.")
                : null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.reading(call.input().path("path").asText());
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        context.cancel().check();
        String given = call.input().path("path").asText();
        Path folder = SearchPath.resolve(given, context);
        if (folder == null || !Files.exists(folder)) {
            return ToolOutcome.failed(
                    "Directory does not exist: "
                            + given
                            + ". Note: your current working directory is "
                            + context.folder()
                            + ".");
        }
        if (!Files.isDirectory(folder)) {
            return ToolOutcome.failed("Path is not a directory: " + given);
        }
        List<String> ignore = new ArrayList<>();
        call.input().path("ignore").forEach(glob -> ignore.add("!" + glob.asText()));
        try {
            Listing listing = new Listing(GlobFilter.of(ignore), context);
            String text = listing.list(folder);
            return new ToolOutcome.Ok(
                    TextNode.valueOf(text), TextNode.valueOf(text), List.of(), null);
        } catch (SearchRejectedException e) {
            return ToolOutcome.failed(e.getMessage());
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return ToolOutcome.failed("The folder cannot be listed: " + given);
        }
    }

    /// A folder, or a file that has no entries.
    private record Node(Path path, String name, Map<String, Node> entries) {
        Node(Path path, String name) {
            this(path, name, new TreeMap<>());
        }
    }

    private static final class Listing {
        private final GlobFilter ignore;
        private final ToolContext context;
        private int count;
        private boolean isCut;

        Listing(GlobFilter ignore, ToolContext context) {
            this.ignore = ignore;
            this.context = context;
        }

        String list(Path folder) throws IOException {
            Node root = new Node(folder, "");
            Deque<Node> pending = new ArrayDeque<>();
            read(root, pending);
            while (!pending.isEmpty() && count < LIMIT) {
                context.cancel().check();
                try {
                    read(pending.remove(), pending);
                } catch (IOException | DirectoryIteratorException | SecurityException e) {
                    // It cannot be read: its name is enough.
                }
            }
            isCut |= !pending.isEmpty();
            StringBuilder text = new StringBuilder();
            if (isCut) {
                text.append("There are more than ")
                        .append(LIMIT)
                        .append(" entries. The first ones:\n\n");
            }
            String name = folder.toString();
            text.append("- ").append(name).append(name.endsWith("/") ? "" : "/");
            write(root, 1, text);
            return text.toString();
        }

        private void read(Node folder, Deque<Node> pending) throws IOException {
            TreeMap<String, Path> entries = new TreeMap<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path())) {
                for (Path entry : stream) {
                    if (entries.size() >= MAX_READ) {
                        isCut = true;
                        break;
                    }
                    entries.put(String.valueOf(entry.getFileName()), entry);
                }
            }
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                String name = entry.getKey();
                boolean isFolder = Files.isDirectory(entry.getValue(), LinkOption.NOFOLLOW_LINKS);
                String relative = folder.name() + name;
                if (TreeWalk.METADATA.contains(name)
                        || ignore.decide(relative, isFolder) == Decision.IGNORED) {
                    continue;
                }
                if (count++ >= LIMIT) {
                    isCut = true;
                    return;
                }
                Node node = new Node(entry.getValue(), isFolder ? relative + "/" : relative);
                folder.entries().put(isFolder ? name + "/" : name, node);
                if (isFolder) {
                    pending.add(node);
                }
            }
        }

        private static void write(Node folder, int depth, StringBuilder text) {
            for (Map.Entry<String, Node> entry : folder.entries().entrySet()) {
                text.append('\n').repeat("  ", depth).append("- ").append(entry.getKey());
                write(entry.getValue(), depth + 1, text);
            }
        }
    }
}
