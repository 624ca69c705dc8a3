package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.options.RenderSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemLinesTest {
    private static final RenderSettings SETTINGS = RenderSettings.of(80);

    @Test
    void foldedTextIsThereAndWhatTheWindowWritesIsNot() {
        String text = "thought\n".repeat(300);
        List<String> lines = ItemLines.of(new Item.Thinking("t", 1, text, false, null), SETTINGS);
        assertThat(lines.stream().filter(l -> l.equals("thought"))).hasSize(300);
        Item code = new Item.Answer("a", 1, "```java\nint copy;\n```", false);
        assertThat(String.join("", ItemLines.of(code, SETTINGS)))
                .contains("int copy;")
                .doesNotContain("Copy");
    }

    @ParameterizedTest
    @CsvSource({
        "a b c d, a b c d, 2, 2",
        "a b more, a b c d, 1, 1",
        "a b more, a b c d, 2, -1",
        "a more x y, a b c x y, 3, 2",
        "a a a, a a a, 2, 2",
        "more, a b, 0, -1",
        "h x h, h x h x, 3, -1",
        "x y, x x x y, 2, 0",
        "h1 x h2 x, h1 x h2 x, 3, 3",
        "x h1 x h2, x h1 y x h2, 3, 2",
    })
    void aLineIsFoundAmongThoseThatAreShown(String shown, String all, int line, int index) {
        assertThat(new LinePlaces(List.of(all.split(" "))).indexIn(List.of(shown.split(" ")), line))
                .isEqualTo(index);
    }
}
