package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fxmisc.richtext.model.EditableStyledDocument;
import org.fxmisc.richtext.model.ReadOnlyStyledDocument;

/// Keeps the document equal to a list of blocks, and replaces only the blocks that differ.
///
/// The document consists of the blocks and an empty paragraph after them.
public final class DocumentUpdater {
    private final EditableStyledDocument<ParagraphStyle, String, TextStyle> document;
    private List<ParagraphBlock> shown = List.of();

    /// @param document an empty one
    public DocumentUpdater(EditableStyledDocument<ParagraphStyle, String, TextStyle> document) {
        this.document = document;
    }

    private record Hunk(int from, int to, int newFrom, int newTo) {}

    /// What [#update] changed.
    public enum Change {
        NONE,
        ELSEWHERE,
        AT_THE_READER
    }

    /// @param reader the paragraph at the upper edge of the visible part
    public Change update(List<ParagraphBlock> target, int reader) {
        List<Hunk> hunks = hunks(shown, target);
        if (hunks.isEmpty()) {
            return Change.NONE;
        }
        int[] starts = new int[shown.size() + 1];
        for (int i = 0; i < shown.size(); i++) {
            starts[i + 1] = starts[i] + shown.get(i).paragraphCount();
        }
        Change change = Change.ELSEWHERE;
        // From the end, so that offsets before a change stay valid.
        for (Hunk h : hunks.reversed()) {
            if (starts[h.from()] <= reader && reader < starts[h.to()]) {
                change = Change.AT_THE_READER;
            }
            int start = offset(starts[h.from()]);
            int end = offset(starts[h.to()]);
            document.replace(start, end, joined(target.subList(h.newFrom(), h.newTo())));
        }
        shown = List.copyOf(target);
        return change;
    }

    private int offset(int paragraph) {
        return document.position(paragraph, 0).toOffset();
    }

    private static ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> joined(
            List<ParagraphBlock> blocks) {
        ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> all =
                blocks.isEmpty()
                        ? new BlockBuilder().build().document()
                        : blocks.getFirst().document();
        for (int i = 1; i < blocks.size(); i++) {
            all = all.concat(blocks.get(i).document());
        }
        return all;
    }

    private static List<Hunk> hunks(List<ParagraphBlock> old, List<ParagraphBlock> now) {
        int from = 0;
        while (from < old.size() && from < now.size() && old.get(from).equals(now.get(from))) {
            from++;
        }
        int oldEnd = old.size();
        int newEnd = now.size();
        while (oldEnd > from && newEnd > from && old.get(oldEnd - 1).equals(now.get(newEnd - 1))) {
            oldEnd--;
            newEnd--;
        }
        List<Hunk> hunks = new ArrayList<>();
        Map<ParagraphBlock, Integer> places = new HashMap<>();
        for (int i = from; i < newEnd; i++) {
            places.put(now.get(i), i);
        }
        int o = from;
        int n = from;
        for (int i = from; i < oldEnd; i++) {
            Integer at = places.get(old.get(i));
            if (at != null && at >= n) {
                add(hunks, o, i, n, at);
                o = i + 1;
                n = at + 1;
            }
        }
        add(hunks, o, oldEnd, n, newEnd);
        return hunks;
    }

    private static void add(List<Hunk> hunks, int o, int oldEnd, int n, int newEnd) {
        if (o < oldEnd || n < newEnd) {
            hunks.add(new Hunk(o, oldEnd, n, newEnd));
        }
    }
}
