package dev.oriel.client.compat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartialLineTest {
    @Test
    void piecesAreJoinedUntilTheLineBreak() {
        PartialLine.Split first = PartialLine.EMPTY.append("one ");
        assertThat(first.lines()).isEmpty();
        PartialLine.Split second = first.rest().append("line\n");
        assertThat(second.lines()).containsExactly("one line");
        assertThat(second.rest().isEmpty()).isTrue();
    }

    @Test
    void aPieceMayCompleteSeveralLines() {
        PartialLine.Split split = PartialLine.EMPTY.append("a\r\n\n  b  \nc");
        assertThat(split.lines()).containsExactly("a", "b");
        assertThat(split.rest().finish()).containsExactly("c");
    }

    @Test
    void addingAPieceLeavesTheLineBeforeItUnchanged() {
        PartialLine begin = PartialLine.EMPTY.append("a").rest();
        begin.append("b\n");
        assertThat(begin.finish()).containsExactly("a");
    }

    @Test
    void aBlankRestIsNoLine() {
        assertThat(PartialLine.EMPTY.finish()).isEmpty();
        assertThat(PartialLine.EMPTY.append("  ").rest().finish()).isEmpty();
    }

    @Test
    void aLineInManyPiecesIsJoinedInLinearTime() {
        PartialLine line = PartialLine.EMPTY;
        for (int i = 0; i < 100_000; i++) {
            line = line.append("0123456789").rest();
        }
        assertThat(line.finish().getFirst()).hasSize(1_000_000);
    }

    @Test
    void aLineThatIsTooLongIsDroppedToItsEnd() {
        PartialLine line = PartialLine.EMPTY;
        String piece = "x".repeat(8 * 1024 * 1024);
        for (int i = 0; i < 8; i++) {
            line = line.append(piece).rest();
        }
        assertThat(line.finish()).hasSize(1);
        PartialLine dropped = line.append("x").rest().append("tail").rest();
        assertThat(dropped.isEmpty()).isFalse();
        assertThat(dropped.finish()).isEmpty();
        PartialLine.Split next = dropped.append("end\nnext\nrest");
        assertThat(next.lines()).containsExactly("next");
        assertThat(next.rest().finish()).containsExactly("rest");
    }
}
