package dev.oriel.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldTextTest {
    @Test
    void eachKindOfLineBreakIsALineFeed() {
        assertThat(FieldText.of("a\r\nb\rc\nd\r")).isEqualTo("a\nb\nc\nd\n");
        assertThat(FieldText.of("\r\r\n\r")).isEqualTo("\n\n\n");
    }

    @Test
    void controlCharactersAreDroppedAndTabsKept() {
        assertThat(FieldText.of("\u001B[31mred\u001B[0m\u0000\u007F\tx"))
                .isEqualTo("[31mred[0m\tx");
    }

    @Test
    void anythingElseIsTheSameString() {
        String text = "\u202E \uD83D\uDE80 \u00AD\u200B\n\té";
        assertThat(FieldText.of(text)).isSameAs(text);
    }
}
