package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What two agents' messages must have in common: their order, the names and JSON types of their
/// members, and the texts of tool results.
final class MessageShape {
    private MessageShape() {}

    /// Kinds in order, such as `assistant[text]` or `stream_event content_block_stop`.
    ///
    /// @param differences kinds that one of the agents does not have are left out
    static List<String> order(List<Message> messages, Set<String> differences) {
        List<String> kinds = new ArrayList<>();
        for (Message message : messages) {
            String kind = kind(message);
            boolean isRepeated = !kinds.isEmpty() && kinds.getLast().equals(kind);
            if (!differences.contains(kind) && !(isRepeated && kind.endsWith("_delta"))) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    static String kind(Message message) {
        JsonNode tree = message.tree();
        return switch (message.type()) {
            case "stream_event" -> "stream_event " + message.eventType();
            case "system" -> {
                String status = tree.path("status").asText() + tree.path("state").asText();
                yield "system/" + message.subtype() + (status.isEmpty() ? "" : " " + status);
            }
            case "command_lifecycle" -> "command_lifecycle " + tree.path("state").asText();
            case "assistant", "user" -> {
                List<String> blocks = new ArrayList<>();
                tree.path("message")
                        .path("content")
                        .forEach(b -> blocks.add(b.path("type").asText()));
                yield message.type()
                        + blocks
                        + (tree.path("isSynthetic").asBoolean() ? " synthetic" : "");
            }
            default -> message.type();
        };
    }

    /// The members of all messages of each kind: `kind: path type`.
    static Set<String> members(List<Message> messages) {
        Map<String, Set<String>> all = new TreeMap<>();
        for (Message message : messages) {
            Set<String> paths = all.computeIfAbsent(kind(message), _ -> new TreeSet<>());
            collect(message.tree(), "", paths);
        }
        Set<String> lines = new TreeSet<>();
        all.forEach((kind, paths) -> paths.forEach(p -> lines.add(kind + ": " + p)));
        return lines;
    }

    /// The members of one object: `path type`.
    static Set<String> membersOf(JsonNode tree) {
        Set<String> paths = new TreeSet<>();
        collect(tree, "", paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> {
                        // Members of maps have names of their own.
                        String name =
                                path.equals("modelUsage") || path.startsWith("gridRows")
                                        ? "*"
                                        : member.getKey();
                        String inner = path.isEmpty() ? name : path + "." + name;
                        collect(member.getValue(), inner, into);
                    });
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path + "[]", into));
        } else {
            into.add(path + " " + type(node));
        }
    }

    private static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            default -> "null";
        };
    }
}
