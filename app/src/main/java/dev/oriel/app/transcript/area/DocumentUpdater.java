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
            var replacement = joined(target.subList(h.newFrom(), h.newTo()));
            int from = starts[h.from()];
            int to = starts[h.to()];
            int added = replacement.getParagraphCount() - 1;
            int same = sameAtStart(from, to, replacement);
            int sameAtEnd = sameAtEnd(from + same, to, replacement, added - same);
            from += same;
            to -= sameAtEnd;
            if (from == to && same + sameAtEnd == added) {
                continue;
            }
            if (from <= reader && reader < to) {
                change = Change.AT_THE_READER;
            }
            ParagraphStyle after = document.getParagraph(to).getParagraphStyle();
            document.replace(
                    offset(from),
                    offset(to),
                    same + sameAtEnd == 0
                            ? replacement
                            : replacement.subSequence(
                                    replacement.position(same, 0).toOffset(),
                                    replacement.position(added - sameAtEnd, 0).toOffset()));
            int kept = from + added - same - sameAtEnd;
            if (kept > from) {
                setStyle(from, replacement.getParagraph(same).getParagraphStyle());
            }
            setStyle(kept, after);
        }
        shown = List.copyOf(target);
        return change;
    }

    /// An empty paragraph at an end of what is inserted gets the style of the one beside it.
    private void setStyle(int paragraph, ParagraphStyle style) {
        if (!document.getParagraph(paragraph).getParagraphStyle().equals(style)) {
            document.setParagraphStyle(paragraph, style);
        }
    }

    /// How many paragraphs from `from` on are equal to those of the replacement, so that they can
    /// stay: of a block of code that grows, or whose colours arrive, only a few lines change.
    private int sameAtStart(
            int from,
            int to,
            ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> replacement) {
        int most = Math.min(to - from, replacement.getParagraphCount() - 1);
        int same = 0;
        while (same < most
                && document.getParagraph(from + same).equals(replacement.getParagraph(same))) {
            same++;
        }
        // An empty paragraph that is inserted takes the style of the one in its place.
        while (same > 0 && replacement.getParagraph(same).length() == 0) {
            same--;
        }
        return same;
    }

    /// How many paragraphs before `to` are equal to those of the replacement.
    ///
    /// @param most of them
    private int sameAtEnd(
            int from,
            int to,
            ReadOnlyStyledDocument<ParagraphStyle, String, TextStyle> replacement,
            int most) {
        int end = replacement.getParagraphCount() - 1;
        int same = 0;
        while (same < Math.min(to - from, most)
                && document.getParagraph(to - 1 - same)
                        .equals(replacement.getParagraph(end - 1 - same))) {
            same++;
        }
        // An empty paragraph after what is inserted takes its style.
        while (same > 0 && replacement.getParagraph(end - same).length() == 0) {
            same--;
        }
        return same;
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
