package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GradualItemsTest {
    private static final GradualItems.Sight READING =
            new GradualItems.Sight(Set.of("b"), false, false);
    private static final GradualItems.Sight AT_END =
            new GradualItems.Sight(Set.of("b", "c"), true, true);

    private final GradualItems gradual = new GradualItems();

    private static ParagraphBlock block(String name, int lines) {
        BlockBuilder block = new BlockBuilder();
        for (int i = 0; i < lines; i++) {
            block.add(ParagraphStyle.PLAIN, name + i, TextStyle.PLAIN);
        }
        return block.build();
    }

    /// The numbers of lines that are shown of items with these numbers of lines.
    private List<Integer> next(GradualItems.@Nullable Sight sight, int... lines) {
        return texts(sight, lines).stream().map(List::size).toList();
    }

    private List<List<String>> texts(GradualItems.@Nullable Sight sight, int... lines) {
        List<Item> items = new ArrayList<>();
        List<@Nullable List<ParagraphBlock>> rendered = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String id = Character.toString('a' + i);
            items.add(new Item.Prompt(id, i, id, List.of()));
            rendered.add(
                    lines[i] <= 1
                            ? List.of(block(id, lines[i]))
                            : List.of(block(id, 1), block(id + "+", lines[i] - 1)));
        }
        List<List<String>> shown = new ArrayList<>();
        for (List<ParagraphBlock> blocks : gradual.next(items, rendered, sight)) {
            shown.add(
                    blocks == null
                            ? List.of()
                            : blocks.stream()
                                    .flatMap(b ->
                                            b.document().getParagraphs().stream()
                                                    .limit(b.paragraphCount()))
                                    .map(p -> p.getText())
                                    .toList());
        }
        return shown;
    }

    @Test
    void whatIsOpenedInSightIsAddedOverSeveralFramesFromItsStart() {
        next(READING, 3, 1, 2);
        assertThat(gradual.isPending()).isFalse();
        List<List<String>> first = texts(READING, 3, 500, 2);
        assertThat(first.get(1))
                .startsWith("b0", "b+0", "b+1")
                .endsWith("b+5")
                .hasSize(1 + GradualItems.ROWS);
        assertThat(first.get(2)).hasSize(2);
        assertThat(gradual.isPending()).isTrue();
        assertThat(next(READING, 3, 500, 2)).containsExactly(3, 13, 2);
    }

    @Test
    void whatIsBelowAScreenOfItIsAddedAtOnce() {
        next(READING, 3, 1, 2);
        int frames = 0;
        while (next(READING, 3, 5_000, 2).get(1) < 5_000) {
            frames++;
        }
        assertThat(frames).isEqualTo(GradualItems.MOST_IN_SIGHT / GradualItems.ROWS);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void whatIsOutOfSightIsAddedAtOnce() {
        next(READING, 3, 1, 2);
        assertThat(next(READING, 400, 1, 300)).containsExactly(400, 1, 300);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void theFirstTextsOfAConversationAreAddedAtOnce() {
        assertThat(next(READING, 30, 100, 200)).containsExactly(30, 100, 200);
        gradual.clear();
        assertThat(next(AT_END, 300, 100, 200)).containsExactly(300, 100, 200);
    }

    @Test
    void aTextThatIsRenderedAgainIsNotShortened() {
        next(READING, 3, 200, 2);
        assertThat(next(READING, 3, 200, 2)).containsExactly(3, 200, 2);
        assertThat(next(READING, 3, 150, 2)).containsExactly(3, 150, 2);
    }

    @Test
    void severalItemsThatArriveAtTheEndShareTheRoomOfAFrame() {
        next(AT_END, 3, 1, 1);
        assertThat(next(AT_END, 3, 1, 1, 4, 5, 3)).containsExactly(3, 1, 1, 4, 2, 0);
        assertThat(next(AT_END, 3, 1, 1, 4, 5, 3)).containsExactly(3, 1, 1, 4, 5, 3);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void moreThanAScreenAtTheFollowedEndIsAddedFromItsEndUntilAScreenIsFull() {
        next(AT_END, 3, 1, 1);
        assertThat(texts(AT_END, 3, 1, 1, 5_000).get(3))
                .startsWith("d+4993")
                .endsWith("d+4998")
                .hasSize(GradualItems.ROWS);
        assertThat(gradual.isPending()).isTrue();
        int frames = 1;
        while (next(AT_END, 3, 1, 1, 5_000).get(3) < 5_000) {
            frames++;
        }
        assertThat(frames).isEqualTo(GradualItems.MOST_IN_SIGHT / GradualItems.ROWS);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void whatWasShownOfATextStaysAboveTheEndThatIsAdded() {
        next(AT_END, 3, 1, 4);
        List<String> shown = texts(AT_END, 3, 1, 500).get(2);
        assertThat(shown)
                .startsWith("c0", "c+0", "c+1", "c+2", "c+493")
                .endsWith("c+498")
                .hasSize(4 + GradualItems.ROWS);
        assertThat(next(AT_END, 3, 1, 500).get(2)).isEqualTo(4 + 2 * GradualItems.ROWS);
    }

    @Test
    void ofManyItemsAtTheFollowedEndTheLastOnesAreAddedFirst() {
        next(AT_END, 3, 1, 1);
        assertThat(next(AT_END, 3, 1, 1, 40, 40, 4)).containsExactly(3, 1, 1, 0, 2, 4);
        // More that arrives meanwhile takes its part of the frame.
        assertThat(next(AT_END, 3, 1, 1, 40, 40, 4, 1)).containsExactly(3, 1, 1, 0, 7, 4, 1);
        // The reader scrolls away: the rest is still added, and nothing gets shorter.
        assertThat(next(READING, 3, 1, 1, 40, 40, 4, 1)).containsExactly(3, 1, 1, 0, 13, 4, 1);
        assertThat(next(null, 3, 1, 1, 40, 40, 4, 1)).containsExactly(3, 1, 1, 40, 40, 4, 1);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void whatIsSoughtIsAddedAtOnce() {
        next(READING, 3, 1, 2);
        assertThat(next(null, 3, 500, 2)).containsExactly(3, 500, 2);
    }

    @Test
    void theEndOfWhatWasLeftIsAddedAlsoIfItGotShorterMeanwhile() {
        next(READING, 3, 1, 2);
        next(READING, 3, 500, 2);
        assertThat(next(READING, 3, 5, 2)).containsExactly(3, 5, 2);
        assertThat(gradual.isPending()).isFalse();
    }

    @Test
    void aTextThatIsNotRenderedYetTakesNoRoom() {
        next(READING, 3, 1, 2);
        List<Item> items =
                IntStream.range(0, 2)
                        .<Item>mapToObj(i -> new Item.Prompt(i == 0 ? "b" : "x", i, "", List.of()))
                        .toList();
        assertThat(gradual.next(items, Arrays.asList(List.of(block("b", 2)), null), READING))
                .hasSize(2)
                .last()
                .isNull();
    }
}
