package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphemesTest {
    private static final List<String> ONES =
            List.of("🎉", "👩\u200d💻", "👍🏽", "🇩🇪", "⚠️", "e\u0301", "한", "क्षि");

    @Test
    void noCutDividesWhatAReaderTakesForOneCharacter() {
        for (String one : ONES) {
            String many = one.repeat(40);
            for (int most = one.length(); most < many.length(); most++) {
                assertThat(Graphemes.end(many, most) % one.length()).as(one).isZero();
                assertThat(Graphemes.start(many, most) % one.length()).as(one).isZero();
                assertThat(many.length() - Graphemes.start(many, most)).isLessThanOrEqualTo(most);
                assertThat(Graphemes.shortened(many, most).length()).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        assertThat(Graphemes.shortened("abc", 3)).isEqualTo("abc");
        assertThat(Graphemes.shortened("abcd", 3)).isEqualTo("ab…");
        assertThat(Graphemes.start("abc", 3)).isZero();
    }

    @Test
    void aHeapOfMarksIsCutSomewhere() {
        String heap = "a" + "\u0301".repeat(1_000);
        assertThat(Graphemes.end(heap, 500)).isBetween(400, 500);
    }
}
