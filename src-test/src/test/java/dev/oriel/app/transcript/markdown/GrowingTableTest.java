package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.Paragraph;
import org.junit.jupiter.api.Test;

/// A long table while it grows.
class GrowingTableTest {
    private static final String HEAD = "| Name | Value | Note |\n|---|--:|---|\n";

    private final IncrementalMarkdown open = new IncrementalMarkdown(SampleLayouts.renderer(80));

    private static String row(int number) {
        return "| name %03d | `%03d` | some words |\n".formatted(number, number);
    }

    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++) {
            rows.append(row(i));
        }
        return rows.toString();
    }

    private static List<Paragraph<ParagraphStyle, String, TextStyle>> paragraphs(
            List<ParagraphBlock> blocks) {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = new ArrayList<>();
        for (ParagraphBlock b : blocks) {
            all.addAll(b.document().getParagraphs().subList(0, b.paragraphCount()));
        }
        return all;
    }

    private static List<ParagraphBlock> whole(String text) {
        return SampleLayouts.renderer(80).render(text, true).stream()
                .map(MarkdownRenderer.RenderedBlock::block)
                .toList();
    }

    private List<ParagraphBlock> grow(String text, int step) {
        for (int at = step; at < text.length(); at += step) {
            assertThat(open.render(text.substring(0, at))).isNotNull();
        }
        return open.render(text);
    }

    @Test
    void itLooksAsIfItWereRenderedAsAWhole() {
        String text = "Before.\n\n" + HEAD + rows(0, 400);
        for (int step : new int[] {7, 100, 1_000}) {
            IncrementalMarkdown fresh = new IncrementalMarkdown(SampleLayouts.renderer(80));
            List<ParagraphBlock> last = List.of();
            for (int at = step; at <= text.length() + step; at += step) {
                last = fresh.render(text.substring(0, Math.min(at, text.length())));
            }
            assertThat(paragraphs(last)).as("step %d", step).isEqualTo(paragraphs(whole(text)));
        }
    }

    @Test
    void anOverrideOfTheDirectionIsWrittenOutWhileTheTableGrows() {
        String text =
                HEAD + rows(0, 200) + row(0).replace("some", "\u202e\u001b[31m") + rows(0, 50);
        for (int at = 1; at < text.length(); at += 500) {
            String part = text.substring(0, at);
            assertThat(texts(open.render(part))).isEqualTo(texts(whole(part)));
        }
    }

    private static List<String> texts(List<ParagraphBlock> blocks) {
        return paragraphs(blocks).stream().map(Paragraph::getText).toList();
    }

    @Test
    void finishedRowsAreNotRenderedAgain() {
        String text = HEAD + rows(0, 400);
        List<ParagraphBlock> before = grow(text, 200);
        List<ParagraphBlock> after = open.render(text + row(400));
        Set<ParagraphBlock> same = new HashSet<>(before);
        same.retainAll(after);
        assertThat(same).hasSizeGreaterThan(6);
        assertThat(after.getLast().paragraphCount()).isLessThan(100);
    }

    @Test
    void aWordThatDoesNotFitChangesTheWidths() {
        String text =
                HEAD
                        + rows(0, 200)
                        + "| a name with averyverylongword | `1` | x |\n"
                        + rows(0, 200);
        assertThat(paragraphs(grow(text, 50)).stream().map(Paragraph::getText))
                .isEqualTo(paragraphs(whole(text)).stream().map(Paragraph::getText).toList());
    }

    @Test
    void whatFollowsTheTableEndsIt() {
        for (String after :
                List.of("\nAfter **it**.\n\nMore.", "> quote\n\nend\n", "```\ncode\n```\n")) {
            IncrementalMarkdown fresh = new IncrementalMarkdown(SampleLayouts.renderer(80));
            String text = HEAD + rows(0, 200) + after;
            List<ParagraphBlock> last = List.of();
            for (int at = 90; at < text.length() + 90; at += 90) {
                last = fresh.render(text.substring(0, Math.min(at, text.length())));
            }
            assertThat(paragraphs(last)).as(after).isEqualTo(paragraphs(whole(text)));
        }
    }
}
