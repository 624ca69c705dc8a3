package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// What settings files say about the servers of `.mcp.json`: `enabledMcpjsonServers`,
/// `disabledMcpjsonServers` and `enableAllProjectMcpServers`. Only the user's and the local
/// settings can approve; the shared settings of a project come with the project, and can only turn
/// servers off. Immutable.
final class McpApprovalSettings {
    private final Set<String> enabled = new HashSet<>();
    private final Set<String> disabled = new HashSet<>();
    private boolean enablesAll;

    /// Reads the files.
    static McpApprovalSettings read(Path home, Path folder) {
        McpApprovalSettings read = new McpApprovalSettings();
        read.add(McpConfigFiles.json(home.resolve(".claude/settings.json")), true);
        read.add(McpConfigFiles.json(folder.resolve(".claude/settings.json")), false);
        read.add(McpConfigFiles.json(folder.resolve(".claude/settings.local.json")), true);
        read.add(
                McpConfigFiles.json(home.resolve(".claude.json"))
                        .path("projects")
                        .path(folder.toString()),
                true);
        return read;
    }

    private McpApprovalSettings() {}

    private void add(JsonNode settings, boolean approves) {
        settings.path("disabledMcpjsonServers").forEach(n -> disabled.add(n.asText()));
        if (approves) {
            settings.path("enabledMcpjsonServers").forEach(n -> enabled.add(n.asText()));
            // Only a boolean: a text such as "false" must not approve.
            enablesAll |=
                    settings.path("enableAllProjectMcpServers").isBoolean()
                            && settings.path("enableAllProjectMcpServers").booleanValue();
        }
    }

    McpApprovals.Decision of(String server) {
        if (disabled.contains(server)) {
            return McpApprovals.Decision.REFUSED;
        }
        return enablesAll || enabled.contains(server)
                ? McpApprovals.Decision.APPROVED
                : McpApprovals.Decision.NONE;
    }
}
