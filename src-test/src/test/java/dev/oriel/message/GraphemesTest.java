package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphemesTest {
    private static final List<String> ONES =
            List.of("🎉", "👩\u200d💻", "👍🏽", "🇩🇪", "⚠️", "e\u0301", "한", "क्षि");

    @Test
    void noClusterIsSplit() {
        for (String one : ONES) {
            String many = one.repeat(40);
            for (int most = one.length(); most < many.length(); most++) {
                assertThat(Graphemes.prefixEnd(many, most) % one.length()).as(one).isZero();
                assertThat(Graphemes.suffixStart(many, most) % one.length()).as(one).isZero();
                assertThat(many.length() - Graphemes.suffixStart(many, most))
                        .isLessThanOrEqualTo(most);
                assertThat(Graphemes.truncate(many, most).length()).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void aTextThatFitsIsNotChanged() {
        assertThat(Graphemes.truncate("abc", 3)).isEqualTo("abc");
        assertThat(Graphemes.truncate("abcd", 3)).isEqualTo("ab…");
        assertThat(Graphemes.suffixStart("abc", 3)).isZero();
    }

    @Test
    void aClusterWithoutEndIsSplit() {
        String heap = "a" + "\u0301".repeat(1_000);
        assertThat(Graphemes.prefixEnd(heap, 500)).isBetween(400, 500);
    }
}
