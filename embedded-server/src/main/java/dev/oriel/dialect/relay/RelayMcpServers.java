package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Parses the `mcpServers` of a configuration. Only servers that are reached by HTTP are supported,
/// as in the original. Servers that would be started as programs are omitted, because a client that
/// posts a configuration must not run programs without permission.
final class RelayMcpServers {
    private static final Set<String> TYPES = Set.of("http", "sse");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S{1,4000}");

    /// Oriel's own server, with the tools of clients.
    private static final String OURS = "oriel";

    private RelayMcpServers() {}

    /// @param warnings receives a sentence for each server that is omitted
    /// @return servers by name
    static ObjectNode parse(JsonNode given, List<String> warnings) throws BadRequestException {
        ObjectNode servers = Json.object();
        if (given.isMissingNode() || given.isNull()) {
            return servers;
        }
        if (!given.isObject()) {
            throw new BadRequestException("mcpServers must be an object of servers by name");
        }
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            JsonNode server = each.getValue();
            if (!NAME.matcher(each.getKey()).matches() || each.getKey().equals(OURS)) {
                warnings.add("An MCP server is left out: its name cannot be used.");
            } else if (!TYPES.contains(server.path("type").asText())
                    || !ADDRESS.matcher(server.path("url").asText()).matches()) {
                warnings.add(
                        "The MCP server %s is left out: it must have a type (http or sse) and a url."
                                .formatted(each.getKey()));
            } else {
                ObjectNode taken = servers.putObject(each.getKey());
                taken.put("type", server.path("type").asText());
                taken.put("url", server.path("url").asText());
                if (server.path("headers").isObject()) {
                    taken.set("headers", server.path("headers"));
                }
            }
        }
        return servers;
    }
}
