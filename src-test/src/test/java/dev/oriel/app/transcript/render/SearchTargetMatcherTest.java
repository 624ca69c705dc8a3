package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.paging.SearchTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTargetMatcherTest {
    private static SearchTargetMatcher matcher(String around, String... words) {
        return new SearchTargetMatcher(new SearchTarget(1, List.of(words), around));
    }

    @Test
    void aParagraphWithoutAFoundWordDoesNotMatch() {
        assertThat(matcher("build the door", "door").score("build the window")).isZero();
    }

    @Test
    void moreFoundWordsScoreHigherThanWordsAround() {
        SearchTargetMatcher matcher = matcher("build the red door today", "red", "door");

        assertThat(matcher.score("a red door"))
                .isGreaterThan(matcher.score("build the door today"));
    }

    @Test
    void wordsAroundDecideBetweenEqualParagraphs() {
        SearchTargetMatcher matcher = matcher("build the door today", "door");

        assertThat(matcher.score("build the door")).isGreaterThan(matcher.score("close the door"));
    }

    @Test
    void theRangeIsTheFirstFoundWordInAnyCase() {
        assertThat(matcher("", "door").range("The Door, a door")).containsExactly(4, 8);
        assertThat(matcher("", "door").range("a window")).isEmpty();
    }

    @Test
    void aLetterWhoseCaseChangesItsLengthDoesNotShiftTheRange() {
        String paragraph = "\u0130\u0130 door";

        assertThat(matcher("", "door").range(paragraph)).containsExactly(3, 7);
    }
}
