package dev.oriel.app.transcript.diff;

import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;

/// Brings the text of a pane into its document, a block at a time. Belongs to the JavaFX thread.
final class PaneDocument {
    private final TranscriptArea area;
    private final DocumentUpdater document;
    private PaneText text = PaneText.EMPTY;

    /// Number of blocks of the text that are in the document.
    private int shown;

    /// What is in the document in place of the rest. It has the same lines in other colours, so
    /// nothing moves until it is replaced.
    private List<ParagraphBlock> rest = List.of();

    PaneDocument(TranscriptArea area) {
        this.area = area;
        document = new DocumentUpdater(area.getContent());
    }

    PaneText text() {
        return text;
    }

    /// Whether all paragraphs of the text are in the document.
    boolean isWhole() {
        return text.paragraphs() > 0 && shown + rest.size() == text.blocks().size();
    }

    /// Whether blocks have to be added or replaced.
    boolean isPending() {
        return shown < text.blocks().size();
    }

    /// Shows another text at the line that is read, and starts with the blocks up to that line.
    void show(PaneText next) {
        if (next.hasLayoutOf(text)) {
            List<ParagraphBlock> before = inDocument();
            text = next;
            shown = 0;
            rest = before;
            add(1);
            return;
        }
        int line = text.linesUntil(area.firstVisible());
        boolean scrolled = area.getHeight() > 0 && area.firstVisible() > 0;
        text = next;
        shown = 0;
        rest = List.of();
        int at = scrolled ? text.paragraphOf(line) : 0;
        add(text.blocksUntil(at));
        if (scrolled) {
            area.showParagraphAtTop(at);
        } else if (area.getHeight() == 0) {
            area.moveTo(0);
            area.showParagraphAtTop(0);
        }
    }

    private List<ParagraphBlock> inDocument() {
        List<ParagraphBlock> all = new ArrayList<>(text.blocks().subList(0, shown));
        all.addAll(rest);
        return all;
    }

    /// Adds or replaces blocks.
    ///
    /// @param more how many; those that are equal are not counted
    void add(int more) {
        int count = 0;
        while (shown < text.blocks().size() && count < more) {
            boolean same = !rest.isEmpty() && rest.getFirst().equals(text.blocks().get(shown));
            rest = rest.isEmpty() ? rest : rest.subList(1, rest.size());
            shown++;
            count += same ? 0 : 1;
        }
        if (document.update(inDocument(), area.firstVisible()) != DocumentUpdater.Change.NONE) {
            area.textChanged(isWhole());
        }
    }

    /// Adds all blocks, so that every paragraph has its place.
    void addAll() {
        if (!isWhole() && text.paragraphs() > 0) {
            add(text.blocks().size());
        }
    }
}
