package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How to reach an MCP server. `env` and `headers` may contain secrets: not for logs. Immutable.
///
/// @param name as the user calls it
/// @param scope where it is configured: `local`, `project`, `user` or `dynamic`
/// @param timeout of one call
/// @param file where it is configured; null if a client has named it
/// @param digest of the whole entry as it is written there
record McpServerConfig(
        String name, String scope, Way way, Duration timeout, @Nullable Path file, String digest) {
    private static final int MAX_TIMEOUT_MS = 100_000_000;

    /// The way to a server.
    sealed interface Way {}

    /// A program that is started, and talks over its standard input and output.
    record Stdio(String command, List<String> args, Map<String, String> env) implements Way {
        Stdio {
            args = List.copyOf(args);
            env = Map.copyOf(env);
        }

        @Override
        public String toString() {
            return "Stdio[" + command + "]";
        }
    }

    /// An address.
    ///
    /// @param events whether it uses the older transport of server-sent events
    record Http(String url, Map<String, String> headers, boolean events) implements Way {
        Http {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "Http[]";
        }
    }

    /// A client of the session runs it.
    record Client() implements Way {}

    /// A server that a client of the session runs.
    static McpServerConfig ofClient(String name, Duration timeout) {
        return new McpServerConfig(name, "dynamic", new Client(), timeout, null, "");
    }

    /// Reads a server in the form of `.mcp.json`.
    ///
    /// @param file where it is configured; null if a client has named it
    /// @param expand replaces references to variables
    /// @param otherwise how long a call may take if the entry does not say it
    /// @return null if it has none of the known forms
    static @Nullable McpServerConfig of(
            String name,
            String scope,
            @Nullable Path file,
            JsonNode json,
            UnaryOperator<String> expand,
            Duration otherwise) {
        String type = json.path("type").asText(json.has("url") ? "http" : "stdio");
        int timeout = json.path("timeout").asInt(0);
        Duration limit =
                timeout > 0 ? Duration.ofMillis(Math.min(timeout, MAX_TIMEOUT_MS)) : otherwise;
        Way way =
                switch (type) {
                    case "stdio" ->
                            json.path("command").isTextual()
                                    ? new Stdio(
                                            expand.apply(json.path("command").textValue()),
                                            texts(json.path("args"), expand),
                                            map(json.path("env"), expand))
                                    : null;
                    case "http", "streamable-http", "sse" ->
                            json.path("url").isTextual()
                                    ? new Http(
                                            expand.apply(json.path("url").textValue()),
                                            map(json.path("headers"), expand),
                                            type.equals("sse"))
                                    : null;
                    default -> null;
                };
        return way == null
                ? null
                : new McpServerConfig(name, scope, way, limit, file, digest(json));
    }

    /// The same for the same members and values, whatever their order.
    private static String digest(JsonNode json) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(sorted(json).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = Json.mapper().createArrayNode();
            json.forEach(e -> array.add(sorted(e)));
            return array;
        }
        if (!json.isObject()) {
            return json;
        }
        Map<String, JsonNode> members = new TreeMap<>();
        json.properties().forEach(e -> members.put(e.getKey(), sorted(e.getValue())));
        ObjectNode object = Json.object();
        members.forEach(object::set);
        return object;
    }

    /// Whether it came with the project, so that the user has to approve it.
    boolean isProjects() {
        return scope.equals("project");
    }

    private static List<String> texts(JsonNode array, UnaryOperator<String> expand) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(expand.apply(t.asText())));
        return texts;
    }

    private static Map<String, String> map(JsonNode object, UnaryOperator<String> expand) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties().forEach(e -> map.put(e.getKey(), expand.apply(e.getValue().asText())));
        return map;
    }

    /// What clients may see of it: neither `env` nor `headers`.
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        switch (way) {
            case Stdio stdio -> {
                json.put("type", "stdio").put("command", stdio.command());
                stdio.args().forEach(json.putArray("args")::add);
            }
            case Client _ -> json.put("type", "sdk");
            case Http http ->
                    json.put("type", http.events() ? "sse" : "http").put("url", http.url());
        }
        return json;
    }
}
