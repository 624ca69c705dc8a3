package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A growing answer looks as if it was parsed whole, and its finished blocks are kept.
class IncrementalMarkdownTest {
    private static final String ANSWER =
            """
            # A title
            Some **strong** text
            of two lines.

            - one
            - two

              still two
            - three

            1. first

            ```java
            class A {

            }
            ```
            > a quote
            > of two lines

            | a | b |
            |---|--:|
            | 1 | 2 |

                indented

                more of it
            Setext
            ---
            The end
            """;

    private final MarkdownRenderer renderer = SampleLayouts.renderer(80);
    private final IncrementalMarkdown growing = new IncrementalMarkdown(renderer);

    private List<ParagraphBlock> whole(String text) {
        return renderer.render(text, true).stream()
                .map(MarkdownRenderer.RenderedBlock::block)
                .toList();
    }

    private static void assertSame(
            String text, List<ParagraphBlock> actual, List<ParagraphBlock> expected) {
        assertThat(actual).as(text).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).hasSameContent(expected.get(i)))
                    .as(
                            "block %d of %s: %s instead of %s",
                            i,
                            text,
                            actual.get(i).document().getText(),
                            expected.get(i).document().getText())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void everyPrefixLooksAsIfItWasParsedWhole(String lineBreak) {
        String answer = ANSWER.replace("\n", lineBreak);
        for (int end = 0; end <= answer.length(); end++) {
            String text = answer.substring(0, end);
            assertSame(text, growing.render(text), whole(text));
        }
        assertThat(growing.finishedChars()).isGreaterThan(answer.length() - 30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void partsOfAnyLengthLeadToTheSameBlocks(long seed) {
        Random random = new Random(seed);
        String answer = ANSWER.repeat(3);
        for (int end = 0; end < answer.length(); ) {
            end = Math.min(answer.length(), end + 1 + random.nextInt(60));
            String text = answer.substring(0, end);
            assertSame(text, growing.render(text), whole(text));
        }
    }

    @Test
    void finishedBlocksAreTheSameObjects() {
        List<ParagraphBlock> before = growing.render("one\n\ntwo\n\nthree\n");
        List<ParagraphBlock> after = growing.render("one\n\ntwo\n\nthree\nlines");
        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    @Test
    void aBlockIsFinishedOnlyOnceTheFirstLineAfterItIsComplete() {
        growing.render("one\n\ntwo");
        assertThat(growing.finishedChars()).isZero();
        growing.render("one\n\ntwo\n");
        assertThat(growing.finishedChars()).isEqualTo("one\n\n".length());
    }

    @Test
    void anEmptyAnswerHasNoBlocks() {
        assertThat(growing.render("")).isEmpty();
        assertThat(growing.render("\n\n")).isEmpty();
    }
}
