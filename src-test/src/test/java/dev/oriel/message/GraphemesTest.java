package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"", "한", "한한한", "🎉🎉"})
    void onlyTheClusterWithoutEndIsSplit(String before) {
        String heap = before + "e" + "\u0301".repeat(1_000);
        for (int most = before.length() + 1; most < 500; most++) {
            assertThat(Graphemes.prefixEnd(heap, most)).isEqualTo(most);
            assertThat(Graphemes.suffixStart(heap, most)).isEqualTo(heap.length() - most);
        }
        String marks = before + "\u0301".repeat(1_000);
        assertThat(Graphemes.prefixEnd(marks, 500)).isEqualTo(500);
    }

    @Test
    void aSuffixOfAnEndlessEmojiBeginsAtACodePoint() {
        String heap = "한한" + "👩\u200d".repeat(200);
        for (int most = 200; most < 260; most++) {
            int start = Graphemes.suffixStart(heap, most);
            assertThat(heap.length() - start).isBetween(most - 1, most);
            assertThat(Character.isLowSurrogate(heap.charAt(start))).isFalse();
        }
    }

    @Test
    void anEndlessEmojiIsSplitBetweenCodePoints() {
        String heap = "👩\u200d".repeat(200);
        for (int most = 200; most < 260; most++) {
            int end = Graphemes.prefixEnd(heap, most);
            assertThat(end).isBetween(most - 1, most);
            assertThat(Character.isLowSurrogate(heap.charAt(end))).isFalse();
        }
    }

    @Test
    void aLongTextWithoutLatinLettersIsTruncatedBetweenClusters() {
        String hangul = "한".repeat(10_000);
        assertThat(Graphemes.prefixEnd(hangul, 9_500)).isEqualTo(9_500);
        String emoji = "🎉".repeat(10_000);
        for (int most = 18_000; most < 18_004; most++) {
            assertThat(Graphemes.prefixEnd(emoji, most)).isEqualTo(most - most % 2);
            assertThat(Graphemes.suffixStart(emoji, most)).isEqualTo(20_000 - most + most % 2);
        }
    }

    @Test
    void aLineBreakOfTwoCharactersIsNotSplit() {
        String breaks = "\r\n".repeat(200);
        assertThat(Graphemes.prefixEnd(breaks, 301)).isEqualTo(300);
        assertThat(Graphemes.suffixStart(breaks, 301)).isEqualTo(100);
    }

    @Test
    void aTextOfSingleCharactersIsTruncatedExactly() {
        String text = "abc ".repeat(100);
        for (int most = 1; most < 200; most++) {
            assertThat(Graphemes.prefixEnd(text, most)).isEqualTo(most);
            assertThat(Graphemes.suffixStart(text, most)).isEqualTo(400 - most);
        }
        assertThat(Graphemes.prefixEnd(text, 400)).isEqualTo(400);
        assertThat(Graphemes.prefixEnd(text, 0)).isZero();
    }
}
