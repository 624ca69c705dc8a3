package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// A diff as blocks of paragraphs, with what is needed to find one's way in it. Immutable.
///
/// @param diffs what is shown
/// @param blocks of few paragraphs each
/// @param changes paragraphs at which a change starts
/// @param lines for each paragraph, number of lines that started up to it
record PaneText(
        List<EditDiffs.Titled> diffs,
        List<ParagraphBlock> blocks,
        List<Integer> changes,
        int[] lines) {
    /// Few enough for one frame if they are out of sight.
    private static final int BLOCK = 200;

    /// Few enough for one frame if they are in sight, which is much more work: 2 to 5 ms for each.
    private static final int BLOCK_IN_SIGHT = 6;

    /// The same for rows with two sides.
    private static final int SPLIT_BLOCK_IN_SIGHT = 4;

    /// More are not in sight at first.
    private static final int MOST_IN_SIGHT = 96;

    static final PaneText EMPTY = new PaneText(List.of(), List.of(), List.of(), new int[0]);

    /// @param before what was rendered before; its diffs are not computed again
    static PaneText of(DiffContent content, DiffView view, PaneText before) {
        List<EditDiffs.Titled> diffs =
                before.diffs().isEmpty() ? content.diffs().get() : before.diffs();
        RenderedDiff diff = DiffRenderer.render(diffs, view);
        List<RenderedDiff.Row> rows = new ArrayList<>();
        for (String heading : content.headings()) {
            rows.add(
                    new RenderedDiff.Row(
                            view.line().withClasses("diff-remark").withVerticalPadding(2, 4),
                            List.of(
                                    new StyledSegment<>(
                                            heading, TextStyle.of("mono", "quiet", "strong")))));
        }
        int above = rows.size();
        rows.addAll(diff.rows());
        List<Integer> changes = diff.changes().stream().map(c -> c + above).toList();
        return of(
                diffs,
                new RenderedDiff(rows, changes, 0),
                view.isSplit() ? SPLIT_BLOCK_IN_SIGHT : BLOCK_IN_SIGHT,
                before);
    }

    private static PaneText of(
            List<EditDiffs.Titled> diffs,
            RenderedDiff rendered,
            int blockInSight,
            PaneText before) {
        List<ParagraphBlock> blocks = new ArrayList<>();
        BlockBuilder block = new BlockBuilder();
        int paragraphs = 0;
        int[] starts = new int[rendered.rows().size() + 1];
        List<Integer> lineCounts = new ArrayList<>();
        int lines = 0;
        for (int i = 0; i < rendered.rows().size(); i++) {
            RenderedDiff.Row row = rendered.rows().get(i);
            starts[i] = paragraphs + block.size();
            block.add(row.par(), row.text());
            lines += row.par().continuation() ? 0 : 1;
            while (lineCounts.size() < paragraphs + block.size()) {
                lineCounts.add(lines);
            }
            if (block.size() >= (paragraphs < MOST_IN_SIGHT ? blockInSight : BLOCK)) {
                paragraphs += block.size();
                blocks.add(block.build());
                block = new BlockBuilder();
            }
        }
        if (block.size() > 0) {
            blocks.add(block.build());
        }
        return new PaneText(
                diffs,
                reuse(blocks, before.blocks()),
                rendered.changes().stream().map(i -> starts[i]).toList(),
                lineCounts.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Blocks with the same content stay the same objects, so that the document does not change
    /// there.
    private static List<ParagraphBlock> reuse(
            List<ParagraphBlock> blocks, List<ParagraphBlock> before) {
        List<ParagraphBlock> kept = new ArrayList<>(blocks);
        for (int i = 0; i < Math.min(kept.size(), before.size()); i++) {
            if (before.get(i).hasSameContent(kept.get(i))) {
                kept.set(i, before.get(i));
            }
        }
        return kept;
    }

    /// Whether each block has as many paragraphs as the one of another text, so that only their
    /// styles or segments differ.
    boolean hasLayoutOf(PaneText other) {
        return Arrays.equals(lines, other.lines)
                && Arrays.equals(
                        blocks.stream().mapToInt(ParagraphBlock::paragraphCount).toArray(),
                        other.blocks.stream().mapToInt(ParagraphBlock::paragraphCount).toArray());
    }

    int paragraphs() {
        return lines.length;
    }

    /// Number of blocks up to a paragraph.
    int blocksUntil(int paragraph) {
        int paragraphs = 0;
        for (int i = 0; i < blocks.size(); i++) {
            paragraphs += blocks.get(i).paragraphCount();
            if (paragraph < paragraphs) {
                return i + 1;
            }
        }
        return blocks.size();
    }

    /// Number of lines.
    int lineCount() {
        return lines.length == 0 ? 0 : lines[lines.length - 1];
    }

    /// Number of lines that started up to a paragraph.
    int linesUntil(int paragraph) {
        return lines.length == 0 ? 0 : lines[Math.clamp(paragraph, 0, lines.length - 1)];
    }

    /// The first paragraph of a line, counted from 1.
    int paragraphOf(int line) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] >= line) {
                return i;
            }
        }
        return Math.max(0, lines.length - 1);
    }

    /// The paragraph of the next change before or after a paragraph; -1 if there is none.
    int nextChange(int paragraph, boolean forward) {
        int found = -1;
        for (int change : changes) {
            if (forward && change > paragraph) {
                return change;
            }
            if (!forward && change < paragraph) {
                found = change;
            }
        }
        return found;
    }
}
