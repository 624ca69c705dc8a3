package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemPositionsTest {
    private static final Item PROMPT = new Item.Prompt("p", 1, "go", List.of());
    private static final Item EMPTY = new Item.Answer("e", 2, "", false);
    private static final Item ANSWER = new Item.Answer("a", 3, "text", false);
    private static final Item NEXT = new Item.Prompt("n", 4, "next", List.of());

    private final ItemPositions positions = new ItemPositions();

    /// Paragraphs 0 and 1, none, 2 to 4, and 5.
    ItemPositionsTest() {
        positions.add(PROMPT, List.of(block(2)));
        positions.add(EMPTY, List.of());
        positions.add(ANSWER, List.of(block(1), block(2)));
        positions.add(NEXT, List.of(block(1)));
    }

    private static ParagraphBlock block(int paragraphs) {
        BlockBuilder builder = new BlockBuilder();
        for (int i = 0; i < paragraphs; i++) {
            builder.add(ParagraphStyle.PLAIN, "text", TextStyle.PLAIN);
        }
        return builder.build();
    }

    @Test
    void everyParagraphBelongsToAnItem() {
        assertThat(positions.itemAt(0)).isEqualTo(PROMPT);
        assertThat(positions.itemAt(1)).isEqualTo(PROMPT);
        assertThat(positions.itemAt(2)).isEqualTo(ANSWER);
        assertThat(positions.itemAt(4)).isEqualTo(ANSWER);
        assertThat(positions.itemAt(5)).isEqualTo(NEXT);
        assertThat(positions.itemAt(99)).isEqualTo(NEXT);
    }

    @Test
    void anItemHasAStartAndAnEnd() {
        assertThat(positions.startAt(4)).isEqualTo(2);
        assertThat(positions.startOf("a")).isEqualTo(2);
        assertThat(positions.endOf("a")).isEqualTo(5);
        assertThat(positions.endOf("n")).isEqualTo(6);
        assertThat(positions.startOf("unknown")).isEqualTo(-1);
        assertThat(positions.endOf("unknown")).isEqualTo(-1);
    }

    @Test
    void itemsOfARangeOfParagraphs() {
        assertThat(positions.items(1, 3)).containsExactly(PROMPT, EMPTY, ANSWER);
        assertThat(new ItemPositions().items(0, 9)).isEmpty();
    }

    private static final List<Item> ALL = List.of(PROMPT, EMPTY, ANSWER, NEXT);

    @Test
    void promptsAreFoundInBothDirections() {
        assertThat(positions.nextPrompt(ALL, 0, true)).isEqualTo(NEXT);
        assertThat(positions.nextPrompt(ALL, 5, true)).isNull();
        assertThat(positions.nextPrompt(ALL, 5, false)).isEqualTo(PROMPT);
        assertThat(positions.nextPrompt(ALL, 1, false)).isEqualTo(PROMPT);
        assertThat(positions.nextPrompt(ALL, 0, false)).isNull();
    }

    @Test
    void promptsThatAreNotRenderedYetAreFound() {
        Item.Prompt old = new Item.Prompt("old", 0, "old", List.of());
        Item.Prompt last = new Item.Prompt("last", 5, "last", List.of());
        List<Item> all = List.of(old, PROMPT, EMPTY, ANSWER, NEXT, last);

        assertThat(positions.nextPrompt(all, 0, false)).isEqualTo(old);
        assertThat(positions.nextPrompt(all, 5, true)).isEqualTo(last);
        assertThat(new ItemPositions().nextPrompt(all, 0, true)).isEqualTo(old);
        assertThat(new ItemPositions().nextPrompt(all, 0, false)).isEqualTo(last);
    }

    @Test
    void aLineStandsForWhatItHides() {
        Item.Work line = new Item.Work("work:e", 2, List.of(EMPTY, ANSWER), null, false);

        assertThat(ItemPositions.indexOf("a", List.of(PROMPT, line, NEXT))).isEqualTo(1);
        assertThat(ItemPositions.indexOf("work:e", ALL)).isEqualTo(1);
        assertThat(ItemPositions.indexOf("a", List.of(line, ANSWER))).isEqualTo(1);
        assertThat(ItemPositions.indexOf("b", ALL)).isEqualTo(-1);
    }

    @Test
    void aDocumentWithoutItemsHasNoPositions() {
        ItemPositions none = new ItemPositions();

        assertThat(none.itemAt(0)).isNull();
        assertThat(none.startAt(0)).isZero();
    }
}
