package dev.oriel.app.conversation.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruncationTest {
    @Test
    void aShortTextIsReturnedAsItIs() {
        assertThat(Truncation.truncate("text")).isEqualTo("text");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndSaysHowMuchIsMissing() {
        String cut = Truncation.truncate("x" + "🙂".repeat(Truncation.MAX_TEXT));

        assertThat(cut.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        assertThat(cut).endsWith(" more characters]");
        assertThat(cut.length()).isBetween(Truncation.MAX_TEXT, Truncation.MAX_TEXT + 50);
    }

    @Test
    void theFirstLineIsStrippedAndMarkedIfMoreFollows() {
        assertThat(Truncation.firstLine("\n  make  \n")).isEqualTo("make");
        assertThat(Truncation.firstLine("make\nmake test")).isEqualTo("make …");
        assertThat(Truncation.firstLine("")).isEmpty();
        assertThat(Truncation.firstLine("x".repeat(1_000))).hasSize(402).endsWith(" …");
    }
}
