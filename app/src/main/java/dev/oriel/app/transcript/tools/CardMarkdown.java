package dev.oriel.app.transcript.tools;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.ParagraphStyle.Marker;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.Folds;
import dev.oriel.app.transcript.markdown.MarkdownLayout;
import dev.oriel.app.transcript.markdown.MarkdownRenderer;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;

/// Writes Markdown into the body of a card: as lines of the card, or laid out as in an answer.
final class CardMarkdown {
    /// Space above a text that follows other lines, pixels.
    private static final int ABOVE = 8;

    private static final int BELOW_LABEL = 1;

    /// Space above a line that follows a table, pixels.
    private static final int TABLE_BELOW = 6;

    /// The padding of a card at its right, pixels.
    private static final int RIGHT = 12;

    private final CardBody body;

    /// The number of texts so far.
    private int texts;

    CardMarkdown(CardBody body) {
        this.body = body;
    }

    /// Adds lines of the card, with their emphasis, code and links, and tables.
    void said(String text) {
        said(text, ABOVE);
    }

    /// Adds lines of the card under a small heading.
    void said(String label, String text) {
        body.label(label);
        said(text, BELOW_LABEL);
    }

    private void said(String text, int above) {
        CardScope card = body.card();
        int padding = above;
        // The lines have no room for a mark that opens something, so all of it is open.
        MarkdownLayout layout =
                card.options()
                        .markdown(card.itemId(), card.section("said" + texts++ + '/'))
                        .withFolds(Folds.ALL_OPEN)
                        .narrower(room());
        List<Paragraph<ParagraphStyle, String, TextStyle>> table = new ArrayList<>();
        for (ParagraphBlock block : rendered(text, layout)) {
            for (Paragraph<ParagraphStyle, String, TextStyle> p :
                    block.document().getParagraphs().subList(0, block.paragraphCount())) {
                if (isTable(p.getParagraphStyle())) {
                    table.add(p);
                    padding = TABLE_BELOW;
                    continue;
                }
                addTable(table);
                body.add(body.line().withPadding(padding, RIGHT, 2, CardBody.LEFT), segments(p));
                padding = body.line().padding().top();
            }
            addTable(table);
        }
    }

    private static boolean isTable(ParagraphStyle rendered) {
        return rendered.classes().contains("table-row");
    }

    /// Adds the rows of a table, which are no lines of the card: they scroll sideways if there are
    /// many columns, and are copied as a table.
    private void addTable(List<Paragraph<ParagraphStyle, String, TextStyle>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        BlockBuilder block = new BlockBuilder();
        rows.forEach(p -> block.add(p.getParagraphStyle(), p.getStyledSegments()));
        body.blocks(
                IndentedBlocks.of(List.of(block.build()), body.card().indent() + CardBody.LEFT));
        rows.clear();
    }

    private static List<StyledSegment<String, TextStyle>> segments(
            Paragraph<ParagraphStyle, String, TextStyle> paragraph) {
        List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        TextStyle prose = TextStyle.of("tool-prose");
        if (paragraph.getParagraphStyle().marker() instanceof Marker.Bullet bullet) {
            segments.add(new StyledSegment<>(bullet.text() + "  ", prose));
        }
        for (StyledSegment<String, TextStyle> s : paragraph.getStyledSegments()) {
            segments.add(new StyledSegment<>(s.getSegment(), s.getStyle().withClass("tool-prose")));
        }
        return segments;
    }

    /// Adds a text below the lines so far, laid out as in an answer.
    ///
    /// @param label a small heading; may be empty
    void block(String label, String text) {
        CardScope card = body.card();
        List<ParagraphBlock> blocks = new ArrayList<>();
        if (!label.isEmpty()) {
            blocks.add(
                    new BlockBuilder()
                            .add(
                                    ParagraphStyle.of("fold").withVerticalMargin(8, 0),
                                    label,
                                    TextStyle.of("label"))
                            .build());
        }
        String prefix = card.section("text" + texts++ + '/');
        MarkdownLayout layout = card.options().markdown(card.itemId(), prefix);
        blocks.addAll(rendered(text, layout.narrower(card.indent() + CardBody.LEFT)));
        body.blocks(IndentedBlocks.of(blocks, card.indent() + CardBody.LEFT));
    }

    private int room() {
        return body.card().indent() + CardBody.LEFT + RIGHT;
    }

    private List<ParagraphBlock> rendered(String markdown, MarkdownLayout layout) {
        return new MarkdownRenderer(layout, body.card().options().colors())
                .render(markdown, true).stream()
                        .map(MarkdownRenderer.RenderedBlock::block)
                        .toList();
    }
}
