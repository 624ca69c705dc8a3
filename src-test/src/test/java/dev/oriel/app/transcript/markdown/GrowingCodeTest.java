package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Spans;
import dev.oriel.app.highlight.SyntaxClass;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A long block of code that grows looks in each step as if the answer was parsed whole.
class GrowingCodeTest {
    private static final String LINES =
            String.join(
                    "\n", IntStream.range(0, 400).mapToObj(i -> "int line = " + i + ";").toList());

    private int known = Integer.MAX_VALUE;

    private final CodeColors colors =
            (language, lines) -> {
                int count = language == null ? 0 : Math.min(known, lines.size());
                Spans spans = new Spans(List.of(new Spans.Span(0, 3, SyntaxClass.KEYWORD)));
                return new ColoredLines(
                        Collections.nCopies(count, spans),
                        language == null || count == lines.size());
            };

    private final MarkdownRenderer renderer = new MarkdownRenderer(SampleLayouts.of(80), colors);
    private final IncrementalMarkdown growing = new IncrementalMarkdown(renderer);

    /// All paragraphs with their styles, the empty one after each block left out.
    private static List<String> paragraphs(List<ParagraphBlock> blocks) {
        return blocks.stream()
                .flatMap(b -> b.document().getParagraphs().stream().limit(b.paragraphCount()))
                .map(p -> p.getParagraphStyle() + " " + p.getStyledSegments())
                .toList();
    }

    private List<ParagraphBlock> check(String text) {
        List<ParagraphBlock> blocks = growing.render(text);
        List<ParagraphBlock> whole =
                renderer.render(text, true).stream()
                        .map(MarkdownRenderer.RenderedBlock::block)
                        .toList();
        assertThat(paragraphs(blocks)).isEqualTo(paragraphs(whole));
        return blocks;
    }

    private void grow(String text, long seed) {
        Random random = new Random(seed);
        for (int end = 1; end < text.length(); end += 1 + random.nextInt(150)) {
            check(text.substring(0, end));
        }
        check(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```java\n%s\n```\n\nThe end\n\nof it\n",
                "First\n\n```java\n%s\n```\n",
                "First\n\n~~~~ java\n%s\n~~~~\nThe end\n",
                "First\n\n```klingon\n%s",
                "First\n\n```\n\n\n%s\n\n\n```",
                "First\n\n````md\n```\n%s\n```\n````\nThe end",
                "- an item\n\n  ```java\n%s\n```\n",
                "First\n\n   ```java\n%s\n   ```\n\nThe end",
                "First\n\n```java\r\n%s\r\n```\r\nThe end\r\n",
                "First\n\n``` a&amp;b\n%s\n```\n",
                "First\n\n```java `x`\n%s\n```\n",
                "First\n\n```java\n\u202e%s\n```\n",
                "First\n\n```java\n%s\nlast \u202e\u001b[31mline\n```\nThe end",
            })
    void eachStepIsThatOfTheWhole(String form) {
        grow(form.formatted(LINES), form.length());
    }

    @Test
    void onlyTheLastLinesOfLongCodeAreRenderedAgain() {
        String text = "```java\n" + LINES;
        growing.render(text.substring(0, text.length() - 40));
        List<ParagraphBlock> before = growing.render(text.substring(0, text.length() - 20));
        List<ParagraphBlock> after = growing.render(text);

        int lines = before.stream().mapToInt(ParagraphBlock::paragraphCount).sum();
        int kept =
                after.stream()
                        .filter(before::contains)
                        .mapToInt(ParagraphBlock::paragraphCount)
                        .sum();
        assertThat(lines - kept).isLessThanOrEqualTo(130);
    }

    @Test
    void colouredLinesReplacePlainOnes() {
        String text = "```java\n" + LINES;
        known = 0;
        check(text.substring(0, 5_000));
        check(text.substring(0, 6_000));
        known = Integer.MAX_VALUE;
        check(text.substring(0, 6_100));
        check(text);
    }

    @Test
    void codeThatIsColouredTooSlowlyIsNotRenderedWholeInEveryFrame() {
        String text = "```java\n" + LINES;
        known = 0;
        growing.render(text.substring(0, 5_000));
        List<ParagraphBlock> before = growing.render(text.substring(0, 6_000));
        List<ParagraphBlock> after = growing.render(text.substring(0, 6_020));
        assertThat(after).containsAll(before.subList(1, before.size() - 1));
    }

    private static String form(String code) {
        return "```java\n" + code + "\n```\n\nThe end\n\nof it\n";
    }

    /// All blocks but the last one, which is still open.
    private List<ParagraphBlock> finished(String text) {
        List<ParagraphBlock> all = growing.render(text);
        return all.subList(0, all.size() - 1);
    }

    /// Otherwise an answer with code that is coloured slowly would be parsed whole in every frame.
    @Test
    void codeThatHasEndedIsFinishedWithoutItsColours() {
        known = 3;
        String text = form(LINES);
        grow(text, 7);
        assertThat(growing.finishedChars()).isEqualTo(text.indexOf("of it"));
    }

    @Test
    void finishedCodeIsColouredOnceItsColoursAreKnown() {
        String text = form(LINES);
        known = 0;
        grow(text, 8);
        known = 50;
        growing.render(text);
        known = Integer.MAX_VALUE;
        check(text);
        assertThat(finished(text)).isEqualTo(finished(text));
    }

    @Test
    void shortCodeIsColouredToo() {
        String text = form("int x;\nint y;");
        known = 0;
        grow(text, 9);
        assertThat(growing.finishedChars()).isEqualTo(text.indexOf("of it"));
        known = Integer.MAX_VALUE;
        check(text);
        assertThat(finished(text)).isEqualTo(finished(text));
    }

    /// The first line refers to all of the code, but need not be shown again for each new line.
    @Test
    void theFirstLineStaysAndCopiesWhatIsThereWhenItIsClicked() {
        String text = "```java\n" + LINES;
        growing.render(text.substring(0, 1_000));
        ParagraphBlock before = growing.render(text.substring(0, 2_000)).getFirst();
        ParagraphBlock after = growing.render(text).getFirst();
        assertThat(after).isSameAs(before);
        assertThat(paragraphs(List.of(after)).getFirst()).contains("int line = 399;");
    }
}
