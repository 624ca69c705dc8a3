package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules for the MCP servers that a client names for a session, in the CLI's own shape.
public final class McpServerRules {
    private static final int MOST = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final Pattern URL = Pattern.compile("https?://\\S{1,2000}");
    private static final Set<String> STDIO = Set.of("type", "command", "args", "env", "timeout");
    private static final Set<String> REMOTE = Set.of("type", "url", "headers", "timeout");

    static final ValueRule BOUND =
            new ValueRule(
                    "at most " + MOST + " MCP servers by name, each a command or an http address",
                    McpServerRules::hold);

    private McpServerRules() {}

    private static boolean hold(JsonNode servers) {
        return servers.isObject()
                && servers.size() <= MOST
                && servers.properties().stream()
                        .allMatch(s -> NAME.matcher(s.getKey()).matches() && allows(s.getValue()));
    }

    /// Whether a server has a shape that the CLI accepts, and nothing else.
    public static boolean allows(JsonNode server) {
        if (!server.isObject()) {
            return false;
        }
        return switch (server.path("type").asText("stdio")) {
            case "stdio" ->
                    only(server, STDIO)
                            && ValueRule.TEXT.test().test(server.path("command"))
                            && texts(server.path("args"));
            case "http", "sse" ->
                    only(server, REMOTE) && URL.matcher(server.path("url").asText()).matches();
            default -> false;
        };
    }

    private static boolean only(JsonNode server, Set<String> members) {
        return server.properties().stream().allMatch(m -> members.contains(m.getKey()))
                && values(server.path("env"))
                && values(server.path("headers"));
    }

    private static boolean values(JsonNode map) {
        return map.isMissingNode()
                || (map.isObject()
                        && map.properties().stream().allMatch(m -> m.getValue().isTextual()));
    }

    private static boolean texts(JsonNode list) {
        if (list.isMissingNode()) {
            return true;
        }
        boolean all = list.isArray();
        for (JsonNode each : list) {
            all &= each.isTextual();
        }
        return all;
    }

    /// What the servers run or connect to, for the user.
    static String words(JsonNode servers) {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : servers.properties()) {
            JsonNode server = each.getValue();
            StringBuilder what = new StringBuilder(server.path("url").asText(""));
            what.append(server.path("command").asText(""));
            server.path("args").forEach(a -> what.append(' ').append(a.asText()));
            all.add(each.getKey() + " (" + what + ")");
        }
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    /// The servers that may be journaled: values in `env` and `headers` can be secrets.
    static ObjectNode withoutKeys(JsonNode servers) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> each : servers.properties()) {
            if (each.getValue().path("env").isEmpty()
                    && each.getValue().path("headers").isEmpty()) {
                kept.set(each.getKey(), each.getValue());
            }
        }
        return kept;
    }
}
