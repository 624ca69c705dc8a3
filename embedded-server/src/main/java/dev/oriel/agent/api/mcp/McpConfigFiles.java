package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The MCP servers of a folder, as the user's files configure them: those of the folder for the
/// user (`~/.claude.json`, `projects`) before those of the project (`.mcp.json` of the folder and
/// its parents, the nearest first) before those of the user (`mcp.json` in Oriel's data folder,
/// then `~/.claude.json`). Reads files.
final class McpConfigFiles {
    private static final Logger LOG = LoggerFactory.getLogger(McpConfigFiles.class);
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
    private static final String SERVERS = "mcpServers";
    private static final long LARGEST = 16 << 20;

    private final Path home;
    private final Path data;
    private final Map<String, String> environment;

    /// @param data folder of the server's files
    /// @param environment the values of variables that files refer to
    McpConfigFiles(Path home, Path data, Map<String, String> environment) {
        this.home = home;
        this.data = data;
        this.environment = environment;
    }

    /// @param trusted whether the user trusts the folder; if not, what `.mcp.json` names is left
    ///   out
    List<McpServerConfig> read(Path folder, boolean trusted) {
        Map<String, McpServerConfig> servers = new LinkedHashMap<>();
        Path cli = home.resolve(".claude.json");
        JsonNode own = json(cli);
        add(servers, "local", cli, own.path("projects").path(folder.toString()).path(SERVERS));
        for (Path each = folder; trusted && each != null; each = each.getParent()) {
            Path file = each.resolve(".mcp.json");
            add(servers, "project", file, json(file).path(SERVERS));
        }
        Path oriels = data.resolve("mcp.json");
        add(servers, "user", oriels, json(oriels).path(SERVERS));
        add(servers, "user", cli, own.path(SERVERS));
        return List.copyOf(servers.values());
    }

    /// Servers that a client names.
    ///
    /// @param json `{"name": {…}}`, or the same within `mcpServers`
    List<McpServerConfig> named(JsonNode json) {
        Map<String, McpServerConfig> servers = new LinkedHashMap<>();
        JsonNode within = json.path(SERVERS);
        add(servers, "dynamic", null, within.isObject() ? within : json);
        return new ArrayList<>(servers.values());
    }

    private void add(
            Map<String, McpServerConfig> servers, String scope, @Nullable Path file, JsonNode all) {
        for (Map.Entry<String, JsonNode> each : all.properties()) {
            McpServerConfig server =
                    McpServerConfig.of(
                            each.getKey(),
                            scope,
                            file,
                            each.getValue(),
                            this::expand,
                            McpHost.callTimeout(environment));
            if (server == null) {
                LOG.warn("An MCP server of scope {} has no form that is known", scope);
            } else {
                servers.putIfAbsent(server.name(), server);
            }
        }
    }

    /// Replaces `${NAME}` and `${NAME:-default}`. A variable that is not set stays as it is.
    String expand(String text) {
        Matcher m = VARIABLE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String value = environment.get(m.group(1));
            String otherwise = m.group(2) == null ? m.group() : m.group(2);
            m.appendReplacement(out, Matcher.quoteReplacement(value == null ? otherwise : value));
        }
        return m.appendTail(out).toString();
    }

    /// The content of a file; an empty object if there is none that can be read.
    static JsonNode json(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Json.object();
            }
            @Nullable JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
            return json == null ? Json.object() : json;
        } catch (IOException e) {
            // Without the cause, which could quote a part of the file.
            LOG.warn("A configuration of MCP servers cannot be read: {}", file.getFileName());
            return Json.object();
        }
    }
}
