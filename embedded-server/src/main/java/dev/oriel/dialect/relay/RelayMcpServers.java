package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The `mcpServers` of a configuration: those that are reached by HTTP, as the system has them. One
/// that would be started as a program is left out, as whoever posts a configuration must not run
/// programs here without being asked for.
final class RelayMcpServers {
    private static final Set<String> TYPES = Set.of("http", "sse");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S{1,4000}");

    /// Oriel's own, which brings the tools of clients.
    private static final String OURS = "oriel";

    private RelayMcpServers() {}

    /// @param leftOut gets a sentence for each that is left out
    /// @return by name; empty if there are none
    static ObjectNode parse(JsonNode given, List<String> leftOut) throws BadRequestException {
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
                leftOut.add("An MCP server is left out: its name cannot be used.");
            } else if (!TYPES.contains(server.path("type").asText())
                    || !ADDRESS.matcher(server.path("url").asText()).matches()) {
                leftOut.add(
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
