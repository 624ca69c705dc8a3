package dev.oriel.app.transcript.copy;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.copy.ParagraphsWriter.Part;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.MarkdownBlockWriter;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import dev.oriel.app.transcript.options.RenderSettings;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.IndexRange;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;

/// The selected part of the transcript as Markdown: no more and no less than what is selected.
///
/// What is selected whole, an item or a block of an answer, is copied as its author wrote it; the
/// parts at both ends are written anew from how they look.
public final class SelectionMarkdown {
    private final StyledDocument<ParagraphStyle, String, TextStyle> document;
    private final RenderSettings settings;
    private final Position from;
    private final Position to;
    private final List<String> blocks = new ArrayList<>();

    /// Paragraphs that are not written yet.
    private final List<Part> parts = new ArrayList<>();

    private SelectionMarkdown(
            StyledDocument<ParagraphStyle, String, TextStyle> document,
            IndexRange range,
            RenderSettings settings) {
        this.document = document;
        this.settings = settings;
        this.from = document.offsetToPosition(range.getStart(), Bias.Forward);
        this.to = document.offsetToPosition(range.getEnd(), Bias.Forward);
    }

    /// @param positions of the items in the document
    /// @param settings with which the items were rendered
    public static String of(
            StyledDocument<ParagraphStyle, String, TextStyle> document,
            IndexRange range,
            ItemPositions positions,
            RenderSettings settings) {
        SelectionMarkdown markdown = new SelectionMarkdown(document, range, settings);
        for (Item item : positions.items(markdown.from.getMajor(), markdown.to.getMajor())) {
            markdown.item(item, positions.startOf(item.id()), positions.endOf(item.id()));
        }
        return String.join("\n\n", markdown.blocks);
    }

    private void item(Item item, int start, int end) {
        if (start >= end) {
            return;
        }
        if (isWhole(start, end)) {
            add(ItemMarkdown.of(item));
        } else if (item instanceof Item.Answer answer) {
            answer(answer.markdown(), start, end);
        } else {
            paragraphs(start, end);
        }
        flush();
    }

    /// Whether all of the paragraphs are selected.
    private boolean isWhole(int start, int end) {
        boolean begins =
                start > from.getMajor() || (start == from.getMajor() && from.getMinor() == 0);
        int last = end - 1;
        boolean ends =
                last < to.getMajor()
                        || (last == to.getMajor()
                                && to.getMinor() == document.getParagraph(last).length());
        return begins && ends;
    }

    private void answer(String markdown, int start, int end) {
        var rendered =
                new MarkdownRenderer(settings.markdown(""), CodeColors.NONE).render(markdown, true);
        int total = rendered.stream().mapToInt(b -> b.block().paragraphCount()).sum();
        if (total != end - start) {
            paragraphs(start, end);
            return;
        }
        List<String> lines = markdown.lines().toList();
        int at = start;
        for (int i = 0; i < rendered.size(); i++) {
            int next = at + rendered.get(i).block().paragraphCount();
            int toLine = i + 1 < rendered.size() ? rendered.get(i + 1).line() : lines.size();
            // The parts of a block of HTML that was divided have no lines of their own.
            boolean hasLines = rendered.get(i).line() < toLine;
            if (hasLines && isWhole(at, next)) {
                flush();
                add(String.join("\n", lines.subList(rendered.get(i).line(), toLine)));
            } else {
                paragraphs(at, next);
            }
            at = next;
        }
    }

    private void paragraphs(int start, int end) {
        int begin = Math.max(start, from.getMajor());
        String language = "";
        for (int p = begin; p < end && p <= to.getMajor(); p++) {
            Paragraph<ParagraphStyle, String, TextStyle> paragraph = document.getParagraph(p);
            language = p == begin ? language(p) : language(paragraph, language);
            int first = p == from.getMajor() ? from.getMinor() : 0;
            int last = p == to.getMajor() ? to.getMinor() : paragraph.length();
            // The selection often ends at the start of the paragraph after the last selected one.
            if (last > first || p < to.getMajor()) {
                parts.add(new Part(paragraph, first, last, language));
            }
        }
    }

    /// The language of the code that a paragraph belongs to.
    private String language(int paragraph) {
        int head = paragraph;
        while (head > 0 && continuesCode(document.getParagraph(head))) {
            head--;
        }
        return language(document.getParagraph(head), "");
    }

    private static boolean continuesCode(Paragraph<ParagraphStyle, String, TextStyle> paragraph) {
        List<String> classes = paragraph.getParagraphStyle().classes();
        return classes.contains("code") && !classes.contains("code-first");
    }

    /// @param before the language of the paragraph before
    private static String language(
            Paragraph<ParagraphStyle, String, TextStyle> paragraph, String before) {
        if (continuesCode(paragraph)) {
            return before;
        }
        return paragraph.getStyledSegments().getFirst().getStyle().classes().stream()
                .filter(c -> c.startsWith(MarkdownBlockWriter.FENCE))
                .map(c -> c.substring(MarkdownBlockWriter.FENCE.length()))
                .findFirst()
                .orElse("");
    }

    private void flush() {
        if (!parts.isEmpty()) {
            add(ParagraphsWriter.write(parts));
            parts.clear();
        }
    }

    private void add(String markdown) {
        if (!markdown.isBlank()) {
            blocks.add(markdown.stripTrailing().replaceFirst("^\\n+", ""));
        }
    }
}
