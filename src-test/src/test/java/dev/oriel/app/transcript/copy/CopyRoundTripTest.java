package dev.oriel.app.transcript.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.Folds;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;
import org.junit.jupiter.api.Test;

/// A selection that was copied as Markdown shows the same again.
class CopyRoundTripTest {
    private static final RenderSettings SETTINGS = RenderSettings.of(80);
    private static final int DOCUMENTS = 300;

    private final Random random = new Random(7);

    private static List<ParagraphBlock> render(String markdown) {
        return new MarkdownRenderer(
                        SETTINGS.markdown("a").withFolds(Folds.ALL_OPEN), CodeColors.NONE)
                .render(markdown, true).stream()
                        .map(MarkdownRenderer.RenderedBlock::block)
                        .toList();
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    private String words() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            out.append(i == 0 ? "" : " ")
                    .append(
                            pick(
                                    "plain",
                                    "**bold text**",
                                    "*em*",
                                    "`co`de`",
                                    "``a ` b``",
                                    "[link](https://example.org/a_b)",
                                    "$x_1$",
                                    "snake_case",
                                    "2 \\* 3",
                                    "~~gone~~",
                                    "H<sub>2</sub>O",
                                    "a &lt; b",
                                    "漢字",
                                    "مرحبا",
                                    "👍🏽",
                                    "\\[x]",
                                    "<https://auto.example.org/>"));
        }
        return out.toString();
    }

    private String block(int depth) {
        return switch (random.nextInt(depth > 2 ? 4 : 8)) {
            case 0, 1 -> words();
            case 2 -> "#".repeat(1 + random.nextInt(4)) + " " + words();
            case 3 ->
                    pick(
                            "```java\nint a;\n\n  int b;\n```",
                            "````\n```\nx\n```\n````",
                            "~~~\ny\n~~~");
            case 4 -> "- " + indent(block(depth + 1), "  ") + "\n- " + words();
            case 5 -> "1. " + words() + "\n2. " + indent(block(depth + 1), "   ");
            case 6 -> "> " + words() + "\n>\n> " + words();
            default ->
                    "| A | B |\n|---|:--|\n| " + words() + " | " + words() + " |\n| 1 | `a\\|b` |";
        };
    }

    private static String indent(String text, String by) {
        return text.replace("\n", "\n" + by);
    }

    /// What a reader sees of a paragraph: its kind, and its text without spaces.
    private static String seen(
            Paragraph<ParagraphStyle, String, TextStyle> paragraph, int from, int to) {
        ParagraphStyle style = paragraph.getParagraphStyle();
        String kind = "";
        for (String name : List.of("code", "table-row", "heading", "quote", "quoted")) {
            kind += style.classes().contains(name) ? name.charAt(0) : "";
        }
        if (style.marker() instanceof Marker.Bullet bullet && from == 0) {
            kind += bullet.text();
        }
        return kind + ":" + paragraph.substring(from, to).replaceAll("\\s+", "");
    }

    private static List<String> seen(List<ParagraphBlock> blocks) {
        List<String> all = new ArrayList<>();
        for (ParagraphBlock block : blocks) {
            for (int i = 0; i < block.paragraphCount(); i++) {
                var paragraph = block.document().getParagraph(i);
                all.add(seen(paragraph, 0, paragraph.length()));
            }
        }
        return all;
    }

    private static String text(List<String> seen) {
        StringBuilder out = new StringBuilder();
        seen.forEach(s -> out.append(s.substring(s.indexOf(':') + 1)));
        return out.toString();
    }

    @Test
    void whatIsSelectedIsShownAgain() {
        for (int n = 0; n < DOCUMENTS; n++) {
            StringBuilder source = new StringBuilder();
            for (int i = 0; i <= random.nextInt(5); i++) {
                source.append(i == 0 ? "" : "\n\n").append(block(0));
            }
            check(source.toString(), n);
        }
    }

    private void check(String markdown, int n) {
        List<ParagraphBlock> blocks = render(markdown);
        ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> document =
                new BlockBuilder().build().document();
        for (ParagraphBlock block : blocks) {
            document =
                    document.length() <= 1 ? block.document() : document.concat(block.document());
        }
        ItemPositions positions = new ItemPositions();
        positions.add(new Item.Answer("a", 1, markdown, false), blocks);
        int paragraphs = document.getParagraphCount() - 1;
        // From the start of a paragraph to the end of another one.
        int first = random.nextInt(paragraphs);
        int last = first + random.nextInt(paragraphs - first);
        int start = document.getAbsolutePosition(first, 0);
        int end = document.getAbsolutePosition(last, document.getParagraph(last).length());
        List<String> selected = new ArrayList<>();
        for (int p = first; p <= last; p++) {
            selected.add(seen(document.getParagraph(p), 0, document.getParagraph(p).length()));
        }
        String copied =
                SelectionMarkdown.of(document, new IndexRange(start, end), positions, SETTINGS);
        List<String> again = seen(render(copied));
        String what = n + ": " + markdown + "\n--- copied:\n" + copied;
        assertThat(withoutHeads(text(again))).as(what).isEqualTo(withoutHeads(text(selected)));
    }

    /// The window writes the line over code.
    private static String withoutHeads(String text) {
        return text.replaceAll("(Text|Java)Copy", "");
    }
}
