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

    @Test
    void promptsAreFoundInBothDirections() {
        assertThat(positions.nextPromptStart(0, true)).isEqualTo(5);
        assertThat(positions.nextPromptStart(5, true)).isEqualTo(-1);
        assertThat(positions.nextPromptStart(5, false)).isZero();
        assertThat(positions.nextPromptStart(0, false)).isEqualTo(-1);
    }

    @Test
    void aDocumentWithoutItemsHasNoPositions() {
        ItemPositions none = new ItemPositions();

        assertThat(none.itemAt(0)).isNull();
        assertThat(none.startAt(0)).isZero();
    }
}
