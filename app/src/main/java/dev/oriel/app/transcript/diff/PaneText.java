package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;

/// A diff as blocks of paragraphs, with what is needed to find one's way in it. Immutable.
///
/// @param diffs what is shown
/// @param blocks of at most [#BLOCK] paragraphs each
/// @param changes paragraphs at which a change starts
/// @param lines for each paragraph, number of lines that started up to it
record PaneText(
        List<EditDiffs.Titled> diffs,
        List<ParagraphBlock> blocks,
        List<Integer> changes,
        int[] lines) {
    /// Few enough for one frame.
    static final int BLOCK = 200;

    static final PaneText EMPTY = new PaneText(List.of(), List.of(), List.of(), new int[0]);

    static PaneText of(List<EditDiffs.Titled> diffs, RenderedDiff rendered, PaneText before) {
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
            if (block.size() >= BLOCK) {
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

    int paragraphs() {
        return lines.length;
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
