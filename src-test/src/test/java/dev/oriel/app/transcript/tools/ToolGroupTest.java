package dev.oriel.app.transcript.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which calls are one group, and what its line says.
class ToolGroupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ToolState OK = new ToolState.Ok(Duration.ofMillis(300));

    private static Item.Tool tool(String id, String name, String field, ToolState state) {
        List<ToolRun.Field> fields =
                List.of(new ToolRun.Field(name.equals("Read") ? "file_path" : "pattern", field));
        return new Item.Tool(id, 1, new ToolRun(id, name, fields, state, null, SubagentRun.NONE));
    }

    private static Item answer(String id) {
        return new Item.Answer(id, 1, "text", false);
    }

    private static String line(Item.Tool... members) {
        ToolGroup group = Objects.requireNonNull(ToolGroup.of(List.of(members)).getFirst());
        return group.head(false, 88, NOW).document().getParagraph(0).getText();
    }

    @Test
    void onlyConsecutiveCallsThatReadAreAGroup() {
        List<@Nullable ToolGroup> groups =
                ToolGroup.of(
                        List.of(
                                tool("a", "Read", "/a", OK),
                                answer("x"),
                                tool("b", "Read", "/b", OK),
                                tool("c", "Grep", "c", OK),
                                tool("d", "Edit", "/d", OK),
                                tool("e", "Glob", "e", OK)));

        assertThat(groups).hasSize(6);
        assertThat(groups.get(0)).isNull();
        assertThat(groups.get(1)).isNull();
        assertThat(Objects.requireNonNull(groups.get(2)).members())
                .extracting(Item.Tool::id)
                .containsExactly("b", "c");
        assertThat(groups.get(3)).isSameAs(groups.get(2));
        assertThat(groups.get(4)).isNull();
        assertThat(groups.get(5)).isNull();
        assertThat(ToolGroup.of(List.of())).isEmpty();
    }

    @Test
    void theLineCountsWhatWasDone() {
        assertThat(line(tool("a", "Read", "/a", OK), tool("b", "Read", "/b", OK)))
                .isEqualTo("Read 2 files   ✓ 0.6 s");
        assertThat(
                        line(
                                tool("a", "Read", "/a", OK),
                                tool("b", "Read", "/a", OK),
                                tool("c", "Grep", "x", OK),
                                tool("d", "Glob", "y", OK),
                                tool("e", "LS", "z", OK),
                                tool("f", "ToolSearch", "q", OK)))
                .startsWith("Read 1 file, searched 2 patterns, listed 1 folder, looked for tools");
        assertThat(line(tool("c", "Grep", "x", OK), tool("d", "Grep", "y", OK)))
                .startsWith("Searched 2 patterns");
    }

    @Test
    void aRunningMemberKeepsTheLineLive() {
        assertThat(
                        line(
                                tool("a", "Read", "/a", OK),
                                tool(
                                        "b",
                                        "Read",
                                        "/b.c",
                                        new ToolState.Running(NOW.minusSeconds(4)))))
                .isEqualTo("Read 2 files  /b.c   running, 4 s");
        assertThat(
                        line(
                                tool("a", "Read", "/a", OK),
                                tool("b", "Read", "/b.c", new ToolState.Running(NOW, true))))
                .endsWith("waits for your answer");
    }

    @Test
    void failedMembersAreCountedAndShown() {
        Item.Tool failed = tool("b", "Read", "/b", new ToolState.Failed(null));
        assertThat(line(tool("a", "Read", "/a", OK), failed))
                .endsWith("✗ 1 failed")
                .doesNotContain("✓");
        assertThat(ToolGroup.isShownAlone(failed)).isTrue();
        assertThat(ToolGroup.isShownAlone(tool("b", "Read", "/b", new ToolState.Denied())))
                .isTrue();
        assertThat(ToolGroup.isShownAlone(tool("b", "Read", "/b", OK))).isFalse();
    }
}
