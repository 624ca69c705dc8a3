package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.platform.PrivateFiles;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The resources of an agent's MCP servers. Thread-safe; methods block, and are interruptible.
final class McpResources {
    private static final Pattern MENTION =
            Pattern.compile("(?<![^\\s(\\[,;])@([A-Za-z0-9_.-]{1,64}):([^\\s\"]{1,2048})");
    private static final int MOST_MENTIONS = 10;
    private static final int LONGEST_MENTIONED = 100_000;
    private static final int MOST_RESOURCES = 1_000;

    private final McpConnections servers;

    McpResources(McpConnections servers) {
        this.servers = servers;
    }

    /// Whether any connected server has resources.
    boolean exist() {
        return servers.all().stream().anyMatch(McpResources::hasThem);
    }

    private static boolean hasThem(McpConnection server) {
        McpLink link = server.link();
        return link != null && link.hasResources();
    }

    /// Lists them with the members that the CLI has.
    ///
    /// @param server the name of a server; null for all
    /// @throws IllegalArgumentException if there is no such server; the message is for the model
    ArrayNode list(@Nullable String server) {
        ArrayNode all = Json.mapper().createArrayNode();
        for (McpConnection each : server == null ? servers.all() : List.of(find(server))) {
            if (!hasThem(each)) {
                continue;
            }
            for (McpSchema.Resource resource : each.ask(McpLink::resources)) {
                if (all.size() == MOST_RESOURCES) {
                    return all;
                }
                ObjectNode json = all.addObject();
                json.put("uri", resource.uri()).put("name", resource.name());
                if (resource.mimeType() != null) {
                    json.put("mimeType", resource.mimeType());
                }
                if (resource.description() != null) {
                    json.put("description", resource.description());
                }
                json.put("server", each.config().name());
            }
        }
        return all;
    }

    /// Reads one, `{"contents":[…]}` as the CLI has it. Binary contents are stored in files.
    ///
    /// @param files where they are stored
    /// @param id the beginning of the files' names
    /// @throws IllegalArgumentException if there is no such server; the message is for the model
    ObjectNode read(String server, String uri, Path files, String id) throws IOException {
        McpSchema.ReadResourceResult result = find(server).ask(link -> link.read(uri));
        ObjectNode json = Json.object();
        ArrayNode contents = json.putArray("contents");
        for (McpSchema.ResourceContents content : result.contents()) {
            ObjectNode each = contents.addObject().put("uri", content.uri());
            if (content.mimeType() != null) {
                each.put("mimeType", content.mimeType());
            }
            switch (content) {
                case McpSchema.TextResourceContents text -> each.put("text", text.text());
                case McpSchema.BlobResourceContents blob -> {
                    String name = "mcp-%s-%d.bin".formatted(id, contents.size());
                    Path file = store(files, name, blob.blob());
                    each.put("blobSavedTo", file.toString())
                            .put("text", "[Binary content, saved to " + file + "]");
                }
                default -> {
                    // A kind that is not known yet has its address only.
                }
            }
        }
        return json;
    }

    private static Path store(Path folder, String name, String base64) throws IOException {
        Path file = PrivateFiles.createFolders(folder).resolve(name);
        try {
            PrivateFiles.createNew(file);
        } catch (FileAlreadyExistsException _) {
            // Of the same call.
        }
        try {
            Files.write(file, Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IOException("The server's content is no valid base64.", e);
        }
        return file;
    }

    private McpConnection find(String name) {
        List<McpConnection> all = servers.all();
        return all.stream()
                .filter(s -> s.config().name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "Server \"%s\" not found. Available servers: %s"
                                        .formatted(
                                                name,
                                                String.join(
                                                        ", ",
                                                        all.stream()
                                                                .map(s -> s.config().name())
                                                                .toList()))));
    }

    /// What the model is told of the resources that a prompt mentions, `@server:uri`. One that
    /// cannot be read is left to the model.
    List<String> mentioned(String prompt, Path files) {
        List<String> texts = new ArrayList<>();
        Matcher mention = MENTION.matcher(prompt);
        while (mention.find() && texts.size() < MOST_MENTIONS) {
            String server = mention.group(1);
            String uri = mention.group(2).replaceFirst("[.,;!?)\\]}']+$", "");
            boolean isKnown =
                    servers.all().stream()
                            .anyMatch(s -> s.config().name().equals(server) && hasThem(s));
            if (isKnown) {
                texts.add(mentioned(server, uri, files));
            }
        }
        return texts;
    }

    private String mentioned(String server, String uri, Path files) {
        String text;
        try {
            text = read(server, uri, files, "mention").path("contents").toString();
        } catch (IOException | RuntimeException e) { // the library throws various exceptions
            text = "It could not be read: " + McpTexts.shortened(e.getMessage());
        }
        return "<system-reminder>\nThe user mentioned the resource "
                + uri
                + " of the MCP server "
                + server
                + ":\n"
                + (text.length() > LONGEST_MENTIONED
                        ? text.substring(0, LONGEST_MENTIONED) + "… (cut)"
                        : text)
                + "\n</system-reminder>";
    }
}
