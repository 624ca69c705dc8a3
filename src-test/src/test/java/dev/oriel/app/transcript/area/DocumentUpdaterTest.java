package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.area.DocumentUpdater.Change;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.fxmisc.richtext.model.SimpleEditableStyledDocument;
import org.junit.jupiter.api.Test;

/// The document after updates, and what an update reports.
class DocumentUpdaterTest {
    private final SimpleEditableStyledDocument<ParagraphStyle, TextStyle> document =
            new SimpleEditableStyledDocument<>(ParagraphStyle.PLAIN, TextStyle.PLAIN);
    private final DocumentUpdater updater = new DocumentUpdater(document);
    private final List<String> replaced = new ArrayList<>();

    private static ParagraphBlock block(String... lines) {
        BlockBuilder builder = new BlockBuilder();
        for (String line : lines) {
            builder.add(ParagraphStyle.PLAIN, line, TextStyle.PLAIN);
        }
        return builder.build();
    }

    private void recordChanges() {
        document.multiPlainChanges()
                .subscribe(changes ->
                        changes.forEach(c ->
                                replaced.add(
                                        "-%s +%s"
                                                .formatted(
                                                        c.getRemoved().strip(),
                                                        c.getInserted().strip()))));
    }

    private String text() {
        return document.getText();
    }

    @Test
    void theDocumentIsTheBlocksAndAnEmptyParagraph() {
        updater.update(List.of(block("a", "b"), block("c")), 0);
        assertThat(text()).isEqualTo("a\nb\nc\n");
        assertThat(document.getParagraphs()).hasSize(4);
    }

    @Test
    void anEmptyParagraphKeepsItsStyleWhereverItIsInserted() {
        ParagraphStyle bullet = ParagraphStyle.of("bullet");
        ParagraphBlock a = block("a");
        ParagraphBlock empty = new BlockBuilder().add(bullet, "", TextStyle.PLAIN).build();
        ParagraphBlock other =
                new BlockBuilder()
                        .add(ParagraphStyle.of("other"), "", TextStyle.PLAIN)
                        .add(ParagraphStyle.PLAIN, "x", TextStyle.PLAIN)
                        .build();
        updater.update(List.of(a), 0);
        updater.update(List.of(a, empty), 0);
        assertThat(document.getParagraph(1).getParagraphStyle()).isEqualTo(bullet);
        assertThat(document.getParagraph(2).getParagraphStyle()).isEqualTo(ParagraphStyle.PLAIN);
        updater.update(List.of(a, other, empty), 0);
        assertThat(document.getParagraph(1).getParagraphStyle())
                .isEqualTo(ParagraphStyle.of("other"));
        assertThat(document.getParagraph(3).getParagraphStyle()).isEqualTo(bullet);
        updater.update(List.of(a, empty), 0);
        assertThat(document.getParagraph(1).getParagraphStyle()).isEqualTo(bullet);
        assertThat(document.getParagraphs()).hasSize(3);
    }

    @Test
    void nothingChangesWithTheSameBlocks() {
        ParagraphBlock a = block("a");
        ParagraphBlock b = block("b");
        updater.update(List.of(a, b), 0);
        recordChanges();
        assertThat(updater.update(List.of(a, b), 0)).isEqualTo(Change.NONE);
        assertThat(replaced).isEmpty();
    }

    @Test
    void onlyTheBlockThatDiffersIsReplaced() {
        ParagraphBlock a = block("a");
        ParagraphBlock c = block("c");
        updater.update(List.of(a, block("b"), c), 0);
        recordChanges();
        updater.update(List.of(a, block("B1", "B2"), c), 0);
        assertThat(text()).isEqualTo("a\nB1\nB2\nc\n");
        assertThat(replaced).containsExactly("-b +B1\nB2");
    }

    @Test
    void ofABlockThatGrowsOnlyTheNewLinesAreInserted() {
        updater.update(List.of(block("a", "b", "c")), 0);
        recordChanges();
        updater.update(List.of(block("a", "b", "cc", "d")), 0);
        assertThat(text()).isEqualTo("a\nb\ncc\nd\n");
        assertThat(replaced).containsExactly("-c +cc\nd");
    }

    @Test
    void aLineThatChangesAboveTheReaderIsNotAtTheReader() {
        updater.update(List.of(block("a", "b", "c")), 0);
        assertThat(updater.update(List.of(block("A", "b", "c")), 1)).isEqualTo(Change.ELSEWHERE);
        assertThat(updater.update(List.of(block("A", "B", "c")), 1))
                .isEqualTo(Change.AT_THE_READER);
    }

    @Test
    void blocksWithTheSameContentChangeNothing() {
        updater.update(List.of(block("a", "", "b")), 0);
        recordChanges();
        updater.update(List.of(block("a", "", "b")), 0);
        assertThat(text()).isEqualTo("a\n\nb\n");
        assertThat(replaced).isEmpty();
    }

    /// Paragraphs keep their styles, also empty ones at the edges of what is replaced.
    @Test
    void anyChangeOfLinesGivesTheParagraphsOfTheBlocks() {
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            List<ParagraphBlock> blocks = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int b = random.nextInt(3); b >= 0; b--) {
                BlockBuilder builder = new BlockBuilder();
                int lines = 1 + random.nextInt(6);
                for (int l = 0; l < lines; l++) {
                    // A block never begins with an empty line.
                    String line = List.of("x", "yy", "").get(random.nextInt(l == 0 ? 2 : 3));
                    String style = List.of("code", "tool").get(random.nextInt(2));
                    String ink = List.of("mono", "syn-keyword").get(random.nextInt(2));
                    builder.add(ParagraphStyle.of(style), line, TextStyle.of(ink));
                    expected.add(style + " " + (line.isEmpty() ? "" : ink) + " " + line);
                }
                blocks.add(builder.build());
            }
            updater.update(blocks, 0);
            assertThat(
                            document.getParagraphs().stream()
                                    .limit(expected.size())
                                    .map(p ->
                                            String.join(" ", p.getParagraphStyle().classes())
                                                    + " "
                                                    + (p.length() == 0
                                                            ? ""
                                                            : String.join(
                                                                    " ",
                                                                    p.getStyleAtPosition(0)
                                                                            .classes()))
                                                    + " "
                                                    + p.getText()))
                    .as("round %d", round)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void blocksBetweenTwoChangesStay() {
        ParagraphBlock b = block("b");
        ParagraphBlock d = block("d");
        updater.update(List.of(block("a"), b, block("c"), d), 0);
        recordChanges();
        updater.update(List.of(block("A"), b, block("C"), d), 0);
        assertThat(text()).isEqualTo("A\nb\nC\nd\n");
        // From the end, so that the offsets of the first change are still right.
        assertThat(replaced).containsExactly("-c +C", "-a +A");
    }

    @Test
    void aChangeIsReportedByWhetherItIsAtTheReader() {
        ParagraphBlock a = block("a");
        ParagraphBlock c = block("c1", "c2", "c3");
        updater.update(List.of(a, block("b"), c), 0);
        assertThat(updater.update(List.of(a, block("B"), c), 0)).isEqualTo(Change.ELSEWHERE);
        assertThat(updater.update(List.of(a, block("BB"), c), 1)).isEqualTo(Change.AT_THE_READER);
        assertThat(updater.update(List.of(a, block("BBB"), c), 2)).isEqualTo(Change.ELSEWHERE);
        assertThat(updater.update(List.of(a, block("b"), block("c")), 4))
                .isEqualTo(Change.AT_THE_READER);
    }

    @Test
    void anInsertionMovesTheReaderButIsElsewhere() {
        ParagraphBlock a = block("a");
        ParagraphBlock b = block("b");
        updater.update(List.of(a, b), 1);
        assertThat(updater.update(List.of(block("older"), a, b), 1)).isEqualTo(Change.ELSEWHERE);
        assertThat(text()).isEqualTo("older\na\nb\n");
    }

    @Test
    void anEmptyListEmptiesTheDocument() {
        updater.update(List.of(block("a"), block("b")), 0);
        updater.update(List.of(), 0);
        assertThat(text()).isEmpty();
        assertThat(document.getParagraphs()).hasSize(1);
    }

    @Test
    void anySequenceOfInsertionsRemovalsAndMovesEndsInTheListOfBlocks() {
        Random random = new Random(7);
        List<ParagraphBlock> now = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(now.size() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> now.add(at, block("n" + step, "x".repeat(random.nextInt(5))));
                    case 1 -> {
                        if (at < now.size()) {
                            now.remove(at);
                        }
                    }
                    default -> {
                        if (at < now.size()) {
                            now.add(random.nextInt(now.size()), now.remove(at));
                        }
                    }
                }
            }
            updater.update(now, 0);
            String expected =
                    now.stream().map(b -> b.document().getText()).collect(Collectors.joining());
            assertThat(text()).isEqualTo(expected);
        }
    }
}
