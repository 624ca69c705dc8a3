package dev.oriel.app.transcript.tools;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;

/// Moves blocks of paragraphs to the right.
final class IndentedBlocks {
    private IndentedBlocks() {}

    /// @param pixels more room at the left
    static List<ParagraphBlock> of(List<ParagraphBlock> blocks, int pixels) {
        return blocks.stream().map(b -> of(b, pixels)).toList();
    }

    private static ParagraphBlock of(ParagraphBlock block, int pixels) {
        var builder =
                new ReadOnlyStyledDocumentBuilder<ParagraphStyle, String, TextStyle>(
                        BlockBuilder.OPS, ParagraphStyle.PLAIN);
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = block.document().getParagraphs();
        for (int i = 0; i < all.size(); i++) {
            ParagraphStyle style = all.get(i).getParagraphStyle();
            builder.addParagraph(
                    all.get(i).getStyledSegments(),
                    i == all.size() - 1 ? style : style.indented(pixels));
        }
        return new ParagraphBlock(builder.build());
    }
}
