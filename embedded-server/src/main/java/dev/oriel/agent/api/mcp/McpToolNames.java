package dev.oriel.agent.api.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/// Names of MCP servers' tools for the model: `mcp__SERVER__TOOL`, of at most 64 letters, digits,
/// `_` and `-`.
final class McpToolNames {
    private static final int LONGEST = 64;

    private McpToolNames() {}

    /// @param taken names that are used already; the result is added
    static String of(String server, String tool, Set<String> taken) {
        String wanted = "mcp__" + clean(server) + "__" + clean(tool);
        String name = wanted.length() <= LONGEST ? wanted : shortened(wanted);
        for (int n = 2; !taken.add(name); n++) {
            String end = "_" + n;
            name = wanted.substring(0, Math.min(wanted.length(), LONGEST - end.length())) + end;
        }
        return name;
    }

    private static String shortened(String name) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, LONGEST - 9) + "_" + "%08x".formatted(sum.getValue());
    }

    private static String clean(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
