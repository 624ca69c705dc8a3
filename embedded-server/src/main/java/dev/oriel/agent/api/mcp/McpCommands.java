package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.message.Json;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The commands of a folder, and the prompts of MCP servers as commands `/mcp__SERVER__PROMPT`. As
/// in the CLI, the words after the command are the prompt's arguments, in the order in which the
/// server declares them; the last argument takes the rest. Thread-safe.
public final class McpCommands implements Commands {
    private static final int LONGEST = 100_000;

    private final Commands folder;
    private final McpConnections servers;

    /// @param folder the commands of the folder, which go first
    public McpCommands(Commands folder, McpConnections servers) {
        this.folder = folder;
        this.servers = servers;
    }

    /// A prompt of a server.
    private record Found(String name, Prompt prompt, McpConnection server) {
        ObjectNode toJson() {
            String description =
                    prompt.description() == null ? prompt.name() : prompt.description();
            return Json.object()
                    .put("name", name)
                    .put("description", McpTexts.shortened(description))
                    .put(
                            "argumentHint",
                            arguments().stream()
                                    .map(a -> "<" + McpTexts.shortened(a.name()) + ">")
                                    .collect(Collectors.joining(" ")));
        }

        private List<PromptArgument> arguments() {
            return prompt.arguments() == null ? List.of() : prompt.arguments();
        }

        Map<String, Object> values(String words) {
            List<PromptArgument> names = arguments();
            Map<String, Object> values = new LinkedHashMap<>();
            if (!names.isEmpty() && !words.isBlank()) {
                String[] parts = words.strip().split("\\s+", names.size());
                for (int i = 0; i < parts.length; i++) {
                    values.put(names.get(i).name(), parts[i]);
                }
            }
            return values;
        }
    }

    private List<Found> prompts() {
        Set<String> taken = new HashSet<>();
        List<Found> all = new ArrayList<>();
        for (McpConnection server : servers.all()) {
            McpLink link = server.link();
            for (Prompt prompt : link == null ? List.<Prompt>of() : link.prompts()) {
                String name = McpToolNames.of(server.config().name(), prompt.name(), taken);
                all.add(new Found(name, prompt, server));
            }
        }
        return all;
    }

    @Override
    public List<ObjectNode> list() {
        servers.start();
        return Stream.concat(folder.list().stream(), prompts().stream().map(Found::toJson))
                .sorted(Comparator.comparing(c -> c.path("name").asText()))
                .toList();
    }

    @Override
    public @Nullable Expansion expand(String name, String arguments) throws IOException {
        Expansion own = folder.expand(name, arguments);
        if (own != null || !name.startsWith("mcp__")) {
            return own;
        }
        for (Found found : prompts()) {
            if (found.name().equals(name)) {
                return expand(found, arguments);
            }
        }
        return null;
    }

    private static Expansion expand(Found found, String arguments) throws IOException {
        McpSchema.GetPromptResult result;
        try {
            result =
                    found.server()
                            .ask(link ->
                                    link.prompt(found.prompt().name(), found.values(arguments)));
        } catch (RuntimeException e) { // the library reports failures by various exceptions
            throw new IOException(McpTexts.shortened(e.getMessage()), e);
        }
        List<String> texts = new ArrayList<>();
        String words = arguments.strip();
        texts.add(
                "<command-message>%1$s</command-message>\n<command-name>/%1$s</command-name>"
                                .formatted(found.name())
                        + (words.isEmpty() ? "" : "\n<command-args>" + words + "</command-args>"));
        int left = LONGEST;
        for (McpSchema.PromptMessage message : result.messages()) {
            String text = text(message.content());
            if (text.length() > left) {
                texts.add(text.substring(0, left) + "\n[The rest of the prompt is left out.]");
                break;
            }
            left -= text.length();
            if (!text.isBlank()) {
                texts.add(text);
            }
        }
        return new Expansion(texts, List.of(), null);
    }

    private static String text(McpSchema.Content content) {
        return switch (content) {
            case McpSchema.TextContent text -> text.text();
            case McpSchema.EmbeddedResource resource -> McpResults.text(resource);
            case McpSchema.ResourceLink link ->
                    "[Resource %s: %s]".formatted(link.name(), link.uri());
            default -> "[%s content, which cannot be shown]".formatted(content.type());
        };
    }

    @Override
    public @Nullable String skillReminder() {
        return folder.skillReminder();
    }
}
