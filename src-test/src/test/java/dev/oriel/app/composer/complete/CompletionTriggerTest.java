package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTriggerTest {
    /// The caret is at the bar.
    private static String found(String text) {
        int caret = text.indexOf('|');
        return CompletionTrigger.find(text.replace("|", ""), caret)
                .map(t -> "%s %d %s".formatted(t.kind().mark(), t.start(), t.query()).strip())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/|, / 0",
                "/co|, / 0 co",
                "/co|mpact, / 0 co",
                "please /co|, / 7 co",
                "and/or|, none",
                "/usr/bin|, none",
                "/a b|, none",
                "//|, none",
                "see (/re|, / 5 re",
                "@|, @ 0",
                "@src/ma|, @ 0 src/ma",
                "look at @src|, @ 8 src",
                "me@example.org|, none",
                "(@src|, @ 1 src",
                "@a b|, none",
                "@\"a b|, @ 0 a b",
                "x @\"a b/c d|, @ 2 a b/c d",
                "@\"a b\" and|, none",
                "@\"a b\"|, none",
                "say \"hello|, none",
                "|@src, none",
                "hello|, none",
                "|, none",
            })
    void theWordBeforeTheCaretIsATrigger(String text, String expected) {
        assertThat(found(text)).isEqualTo(expected);
    }

    @Test
    void aWordStartsAfterALineBreak() {
        assertThat(found("one\n/tw|")).isEqualTo("/ 4 tw");
        assertThat(found("one\n@tw|\nthree")).isEqualTo("@ 4 tw");
    }

    @Test
    void aQuotedPathEndsWithItsLine() {
        assertThat(found("@\"a b\nc|")).isEqualTo("none");
    }

    @Test
    void onlyBlankTextPrecedesACommandThatRuns() {
        assertThat(CompletionTrigger.find(" \n/a", 4))
                .hasValueSatisfying(t -> assertThat(t.first()).isTrue());
        assertThat(CompletionTrigger.find("x /a", 4))
                .hasValueSatisfying(t -> assertThat(t.first()).isFalse());
    }

    @Test
    void aLongWordIsNoTriggerAndCostsNothing() {
        assertThat(CompletionTrigger.find("@" + "a".repeat(1_000_000), 1_000_001)).isEmpty();
    }
}
