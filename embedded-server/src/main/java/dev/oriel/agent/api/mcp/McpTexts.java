package dev.oriel.agent.api.mcp;

import dev.oriel.account.Redaction;
import org.jspecify.annotations.Nullable;

/// Texts of MCP servers for users: one short line without control characters and without what looks
/// like a key.
final class McpTexts {
    private static final int LONGEST = 500;

    private McpTexts() {}

    static String shortened(@Nullable String text) {
        String line =
                Redaction.redact(text == null ? "" : text)
                        .replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")
                        .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
