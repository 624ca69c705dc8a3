package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkRendererTest {
    private static Item tool(String name, String file) {
        List<ToolRun.Field> input = List.of(new ToolRun.Field("file_path", file));
        return new Item.Tool(
                name + file,
                1,
                new ToolRun("id", name, input, new ToolState.Ok(null), null, SubagentRun.NONE));
    }

    private static Item thought(int seconds) {
        return new Item.Thinking("t", 1, "Hm", false, Duration.ofSeconds(seconds));
    }

    private static String text(@Nullable Duration took, boolean running, Item... hidden) {
        return WorkRenderer.text(new Item.Work("work:x", 1, List.of(hidden), took, running));
    }

    @Test
    void callsAndFilesAreCounted() {
        Item a = tool("Edit", "/a");
        assertThat(text(Duration.ofMinutes(2), false, a, a, tool("Write", "/b"), thought(3)))
                .isEqualTo("Worked for 2 min: 3 tool calls, 2 files edited");
        assertThat(text(null, false, tool("Read", "/a"))).isEqualTo("Worked: 1 tool call");
        assertThat(text(null, true, a)).isEqualTo("Working: 1 tool call, 1 file edited");
    }

    @Test
    void thinkingAloneSaysHowLong() {
        assertThat(text(Duration.ofSeconds(9), false, thought(2), thought(3)))
                .isEqualTo("Thought for 5 s");
        assertThat(text(null, true, new Item.Thinking("t", 1, "", true, null)))
                .isEqualTo("Thinking");
    }
}
