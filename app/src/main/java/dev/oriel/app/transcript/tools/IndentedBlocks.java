package dev.oriel.app.transcript.tools;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.QuoteRule;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;

/// Changes blocks of paragraphs that are not lines of a card, but belong to it.
final class IndentedBlocks {
    private IndentedBlocks() {}

    /// Moves blocks to the right.
    ///
    /// @param pixels more room at the left
    static List<ParagraphBlock> of(List<ParagraphBlock> blocks, int pixels) {
        return changed(blocks, style -> style.indented(pixels));
    }

    /// Continues the rule of a card beside blocks.
    ///
    /// @param from how far the rule is from the left, pixels
    /// @param kindClass the style class of its colour
    static List<ParagraphBlock> ruled(List<ParagraphBlock> blocks, int from, String kindClass) {
        QuoteRule rule = new QuoteRule(from, false, kindClass, 0, 0);
        return changed(blocks, style -> style.withOuterQuote(rule));
    }

    private static List<ParagraphBlock> changed(
            List<ParagraphBlock> blocks, UnaryOperator<ParagraphStyle> change) {
        return blocks.stream().map(b -> changed(b, change)).toList();
    }

    private static ParagraphBlock changed(
            ParagraphBlock block, UnaryOperator<ParagraphStyle> change) {
        var builder =
                new ReadOnlyStyledDocumentBuilder<ParagraphStyle, String, TextStyle>(
                        BlockBuilder.OPS, ParagraphStyle.PLAIN);
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = block.document().getParagraphs();
        for (int i = 0; i < all.size(); i++) {
            ParagraphStyle style = all.get(i).getParagraphStyle();
            builder.addParagraph(
                    all.get(i).getStyledSegments(),
                    i == all.size() - 1 ? style : change.apply(style));
        }
        return new ParagraphBlock(builder.build());
    }
}
