package dev.oriel.app.transcript.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnWidthsTest {
    private static int[] fit(int room, int[] natural, int[] least) {
        return ColumnWidths.fit(natural, least, room, 10, 150).columns();
    }

    private static int[] px(int... pixels) {
        return pixels;
    }

    @Test
    void columnsAreAsWideAsTheirCellsIfThereIsRoom() {
        assertThat(fit(310, px(100, 200), px(50, 50))).containsExactly(100, 200);
    }

    @Test
    void wideColumnsShrinkAndNarrowOnesStay() {
        assertThat(fit(320, px(40, 400, 300), px(40, 60, 60))).containsExactly(40, 130, 130);
    }

    @Test
    void noColumnShrinksBelowItsLeastWidth() {
        assertThat(fit(320, px(40, 400, 300), px(40, 60, 200))).containsExactly(40, 60, 200);
    }

    @Test
    void aTableThatIsScrolledHasComfortableColumns() {
        assertThat(fit(200, px(40, 400, 300), px(40, 120, 200))).containsExactly(40, 150, 200);
    }

    @Test
    void theTotalIncludesTheGaps() {
        ColumnWidths widths = ColumnWidths.fit(px(30, 40, 50), px(1, 1, 1), 500, 10, 150);
        assertThat(widths.total()).isEqualTo(140);
        assertThat(widths.starts()).containsExactly(0, 40, 90);
        assertThat(ColumnWidths.fit(px(), px(), 500, 10, 150).total()).isZero();
    }
}
