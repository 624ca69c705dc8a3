package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class McpToolNamesTest {
    @Test
    void namesAreThoseThatTheApiTakesAndDifferent() {
        Set<String> taken = new HashSet<>();

        assertThat(McpToolNames.of("notes", "add", taken)).isEqualTo("mcp__notes__add");
        assertThat(McpToolNames.of("my notes", "add.it", taken)).isEqualTo("mcp__my_notes__add_it");
        assertThat(McpToolNames.of("my-notes", "x", taken)).isEqualTo("mcp__my-notes__x");
        assertThat(McpToolNames.of("my:notes", "add:it", taken))
                .isEqualTo("mcp__my_notes__add_it_2");
        String one = McpToolNames.of("s".repeat(50), "t".repeat(50) + "1", taken);
        String two = McpToolNames.of("s".repeat(50), "t".repeat(50) + "2", taken);
        assertThat(one).hasSize(64).matches("[A-Za-z0-9_-]+").isNotEqualTo(two);
        assertThat(two).hasSize(64);
    }
}
