package dev.oriel.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// An MCP server of a session, as the agent reports it.
///
/// @param error why it is not connected; may be empty
/// @param scope where it is configured, in words; may be empty
/// @param address its URL or its command; may be empty
/// @param loggable whether it is of a type to which one can log in
public record McpServer(
        String name,
        State state,
        String error,
        String scope,
        String address,
        boolean loggable,
        List<Tool> tools) {
    private static final int MAX_SERVERS = 200;
    private static final int MAX_TOOLS = 500;

    /// Its connection.
    public enum State {
        CONNECTED("Connected"),
        PENDING("Connecting…"),
        NEEDS_LOGIN("Needs you to log in"),
        FAILED("Failed"),
        DISABLED("Turned off"),
        OTHER("Unknown state");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        private static State from(String wire) {
            return switch (wire) {
                case "connected" -> CONNECTED;
                case "pending" -> PENDING;
                case "needs-auth" -> NEEDS_LOGIN;
                case "failed" -> FAILED;
                case "disabled" -> DISABLED;
                default -> OTHER;
            };
        }
    }

    /// @param description may be empty
    /// @param note what the server says about its effect, such as "only reads"; may be empty
    public record Tool(String name, String description, String note) {}

    public McpServer {
        tools = List.copyOf(tools);
    }

    /// The servers in the reply to `mcp_status`, in its order.
    static List<McpServer> listFrom(JsonNode reply) {
        List<McpServer> all = new ArrayList<>();
        for (JsonNode s : reply.path("mcpServers")) {
            String name = s.path("name").asText("");
            if (!name.isBlank() && all.size() < MAX_SERVERS) {
                all.add(
                        new McpServer(
                                name,
                                State.from(s.path("status").asText("")),
                                s.path("error").asText("").strip(),
                                scope(s.path("scope").asText("")),
                                address(s.path("config")),
                                isLoggable(s.path("config").path("type").asText("")),
                                tools(s.path("tools"))));
            }
        }
        return all;
    }

    private static String scope(String wire) {
        return switch (wire) {
            case "project" -> "this folder, for everybody";
            case "local" -> "this folder, for you";
            case "user" -> "all your folders";
            case "dynamic" -> "this session";
            case "claudeai" -> "your claude.ai account";
            case "enterprise", "managed" -> "your organization";
            default -> wire;
        };
    }

    private static boolean isLoggable(String type) {
        return type.equals("http") || type.equals("sse");
    }

    private static String address(JsonNode config) {
        if (config.path("url").isTextual()) {
            return config.path("url").textValue();
        }
        StringBuilder command = new StringBuilder(config.path("command").asText(""));
        config.path("args").forEach(a -> command.append(' ').append(a.asText()));
        return command.toString();
    }

    private static List<Tool> tools(JsonNode list) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode t : list) {
            String name = t.path("name").asText("");
            if (!name.isBlank() && tools.size() < MAX_TOOLS) {
                JsonNode notes = t.path("annotations");
                String note =
                        notes.path("destructive").asBoolean()
                                        || notes.path("destructiveHint").asBoolean()
                                ? "can destroy data"
                                : notes.path("readOnly").asBoolean()
                                                || notes.path("readOnlyHint").asBoolean()
                                        ? "only reads"
                                        : "";
                tools.add(new Tool(name, t.path("description").asText("").strip(), note));
            }
        }
        return tools;
    }
}
