package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControlTextTest {
    @Test
    void aPlainTextIsReturnedAsItIs() {
        String text = "src/main/größe_a.txt\nline two";

        assertThat(ControlText.of(text)).isSameAs(text);
    }

    @Test
    void allKindsOfLineBreaksBecomeLineFeeds() {
        assertThat(ControlText.of("a\r\nb\rc\u0085d\u2028e\u2029f")).isEqualTo("a\nb\nc\nd\ne\nf");
        assertThat(ControlText.singleLine("a\r\nb")).isEqualTo("a b");
    }

    @Test
    void controlAndDirectionCharactersAreRemoved() {
        assertThat(ControlText.of("a\u0007b\u202ec\u2066d\te")).isEqualTo("abcd    e");
    }

    @Test
    void unpairedSurrogatesAndNoncharactersAreReplaced() {
        assertThat(ControlText.of("a\ud800b\uffff")).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void combiningMarksAreBounded() {
        assertThat(ControlText.of("a" + "\u0301".repeat(100))).hasSize(31);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(ControlText.of("x".repeat(5_000)))
                .startsWith("x".repeat(ControlText.LONGEST))
                .endsWith("[… 1,000 more characters]");
        assertThat(ControlText.of("ا".repeat(2_000))).endsWith("[… 1,000 more characters]");
    }
}
