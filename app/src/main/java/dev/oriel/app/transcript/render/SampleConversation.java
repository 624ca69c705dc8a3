package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A short conversation that is rendered but never shown. It loads the classes and fonts that the
/// first real conversation needs, which takes most of that conversation's time.
public final class SampleConversation {
    private static final String ANSWER =
            """
            # A heading
            Prose with **strong** and *leaning* words, `code`, ~~struck~~ and a [link](https://example.org).

            1. One
               - and a part of it
            2. [x] Two

            > A quote.

            ```java
            int n = 0;
            ```

            | a | b |
            |:--|--:|
            | 1 | `2` |
            | 3 | **4** |
            | 5 | 6 |
            | 7 | `8` |

            ---
            """;

    private SampleConversation() {}

    /// On any thread.
    public static List<ParagraphBlock> render(int columns) {
        RenderOptions options =
                new RenderOptions(true, 0, RenderSettings.of(columns), Instant.EPOCH);
        return items().stream().flatMap(i -> ItemRenderer.render(i, options).stream()).toList();
    }

    private static List<Item> items() {
        ToolRun run =
                new ToolRun(
                        "t",
                        "Bash",
                        List.of(new ToolRun.Field("command", "make\nmake test")),
                        new ToolState.Ok(Duration.ofSeconds(1)),
                        ToolOutput.of("done"),
                        SubagentRun.NONE);
        ToolRun edit =
                new ToolRun(
                        "d",
                        "Edit",
                        List.of(
                                new ToolRun.Field("file_path", "/a.txt"),
                                new ToolRun.Field("old_string", "a\nb\none word\nc\nd"),
                                new ToolRun.Field("new_string", "a\nb\none other word\nc\nd")),
                        new ToolState.Ok(Duration.ofSeconds(1)),
                        null,
                        SubagentRun.NONE);
        return List.of(
                new Item.Prompt("p", 1, "What is there?", List.of()),
                new Item.Thinking("i", 2, "A thought.", false, Duration.ofSeconds(2)),
                new Item.Tool("t", 3, run),
                new Item.Tool("d", 3, edit),
                new Item.Answer("a", 4, ANSWER, false),
                new Item.Notice("n", 5, Item.Level.ERROR, "Nothing failed.", List.of("a detail")),
                new Item.TurnEnd(
                        "e", 6, Item.Outcome.COMPLETED, Duration.ofSeconds(3), 100, 200, 0.01));
    }
}
