package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.SyntaxRuns;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.document.WideLines;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// How a block of code looks: a line with its language and what copies it, then its lines.
///
/// @param info what stands after the fence
/// @param left the indentation, pixels
/// @param group of its lines; null if long ones are wrapped
record CodeBlock(String info, int left, @Nullable WideLines group) {
    @Nullable Language language() {
        return Language.ofFence(info);
    }

    private ParagraphStyle style() {
        return ParagraphStyle.of("code").withLeftMargin(left).withPadding(1, 12, 2, 12);
    }

    /// @param literal what is copied
    /// @param above space above the block, pixels
    void writeHead(BlockBuilder out, CharSequence literal, int above) {
        Language language = language();
        String word = info.strip().split("\\s+", 2)[0];
        String name = language != null ? language.displayName() : word.isEmpty() ? "Text" : word;
        out.add(
                style().withClasses("code-first")
                        .withVerticalMargin(above, 0)
                        .withPadding(6, 12, 2, 12),
                List.of(
                        new StyledSegment<>(
                                name, TextStyle.of("label", MarkdownBlockWriter.FENCE + word)),
                        new StyledSegment<>("   ", TextStyle.of("label")),
                        new StyledSegment<>(
                                "Copy",
                                TextStyle.of("label", "link-quiet")
                                        .withAction(new ClickAction.Copy(literal)))));
    }

    /// Writes a part of the lines.
    ///
    /// @param from the first line, counted from 0
    /// @param to after the last line
    /// @param gap space below the last line of the block, pixels; unused if it is not in the part
    void writeLines(
            BlockBuilder out, List<String> lines, ColoredLines colors, int from, int to, int gap) {
        ParagraphStyle line = group == null ? style() : style().withWide(group);
        for (int i = from; i < to; i++) {
            ParagraphStyle p = line;
            if (i == lines.size() - 1) {
                p =
                        line.withClasses("code-last")
                                .withVerticalMargin(0, gap)
                                .withPadding(1, 12, 10, 12);
                p = group == null ? p : p.withWide(group.toLast());
            }
            out.add(p, SyntaxRuns.split(lines.get(i), colors.line(i), TextStyle.CODE));
        }
    }
}
