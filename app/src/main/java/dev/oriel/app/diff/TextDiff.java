package dev.oriel.app.diff;

import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.diff.SplitText.Ending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Compares two texts that are known whole.
public final class TextDiff {
    /// Unchanged lines that are shown around a change.
    private static final int CONTEXT = 3;

    /// The fewest unchanged lines that are worth being folded.
    private static final int LEAST_FOLD = 4;

    private final UnaryOperator<String> shown;
    private final boolean wholeFile;
    private final boolean strict;
    private final WordDiff words = new WordDiff();

    private TextDiff(UnaryOperator<String> shown, boolean wholeFile, boolean strict) {
        this.shown = shown;
        this.wholeFile = wholeFile;
        this.strict = strict;
    }

    /// What changes in a file.
    ///
    /// @param shown makes a line fit to be shown
    public static FileDiff ofFile(String before, String after, UnaryOperator<String> shown) {
        return new TextDiff(shown, true, false).compare(before, after);
    }

    /// What changes in a piece of a file. Its place in the file is unknown, so its lines have no
    /// numbers, and none of them is folded.
    ///
    /// @param shown makes a line fit to be shown
    public static FileDiff ofPiece(String before, String after, UnaryOperator<String> shown) {
        return new TextDiff(shown, false, false).compare(before, after);
    }

    /// A change that the user has to judge: nothing is folded, binary content is shown as text, and
    /// a carriage return that ends no line is shown as a character.
    ///
    /// @param wholeFile whether the texts are whole files, whose lines have numbers
    /// @param shown makes a line fit to be shown, with nothing hidden
    static FileDiff ofProposal(
            String before, String after, boolean wholeFile, UnaryOperator<String> shown) {
        return new TextDiff(shown, wholeFile, true).compare(before, after);
    }

    private FileDiff compare(String before, String after) {
        if (!strict && (before.indexOf('\0') >= 0 || after.indexOf('\0') >= 0)) {
            return binary(before, after);
        }
        SplitText old = SplitText.of(before, !strict);
        SplitText now = SplitText.of(after, !strict);
        List<Part> parts = new ArrayList<>();
        int oldAt = 0;
        int newAt = 0;
        int added = 0;
        int removed = 0;
        List<LineDiff.Block> blocks = LineDiff.blocks(keys(old), keys(now));
        for (LineDiff.Block b : blocks) {
            addKept(parts, now, oldAt, b.oldFrom(), newAt, false);
            parts.add(
                    words.compare(
                            lines(old, b.oldFrom(), b.oldTo(), true),
                            lines(now, b.newFrom(), b.newTo(), false)));
            removed += b.oldTo() - b.oldFrom();
            added += b.newTo() - b.newFrom();
            oldAt = b.oldTo();
            newAt = b.newTo();
        }
        List<String> notes = endingNotes(old, now, blocks);
        if (blocks.isEmpty() && wholeFile) {
            return new FileDiff(List.of(), notes.isEmpty() ? List.of("No change") : notes, 0, 0);
        }
        addKept(parts, now, oldAt, old.lines().size(), newAt, true);
        return new FileDiff(parts, notes, added, removed);
    }

    private static FileDiff binary(String before, String after) {
        String size = "";
        if (!before.isEmpty() && !after.isEmpty() && !before.equals(after)) {
            size += "%,d → ".formatted(bytes(before));
        }
        size += "%,d bytes".formatted(bytes(after.isEmpty() ? before : after));
        return FileDiff.ofBinary(size);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The lines as they are compared. In a file, a line without a line break at the end differs
    /// from one that has it.
    private List<String> keys(SplitText text) {
        if (!wholeFile || !text.endsWithoutNewline()) {
            return text.lines();
        }
        List<String> keys = new ArrayList<>(text.lines());
        // No line has a line break in it, so this one equals no other.
        keys.set(keys.size() - 1, keys.getLast() + "\n");
        return keys;
    }

    private List<Line> lines(SplitText text, int from, int to, boolean old) {
        List<Line> lines = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            int number = wholeFile ? i + 1 : 0;
            lines.add(line(text, i, old ? number : 0, old ? 0 : number));
        }
        return lines;
    }

    private Line line(SplitText text, int index, int oldNumber, int newNumber) {
        boolean bare = wholeFile && text.endings().get(index) == Ending.NONE;
        return new Line(
                oldNumber, newNumber, shown.apply(text.lines().get(index)), List.of(), bare);
    }

    private void addKept(
            List<Part> parts, SplitText now, int oldFrom, int oldTo, int newFrom, boolean last) {
        List<Line> lines = new ArrayList<>(oldTo - oldFrom);
        for (int i = oldFrom; i < oldTo; i++) {
            int at = newFrom + i - oldFrom;
            lines.add(line(now, at, wholeFile ? i + 1 : 0, wholeFile ? at + 1 : 0));
        }
        int head = oldFrom == 0 ? 0 : CONTEXT;
        int tail = last ? 0 : CONTEXT;
        if (!wholeFile || strict || lines.size() < head + tail + LEAST_FOLD) {
            if (!lines.isEmpty()) {
                parts.add(new Part.Kept(lines));
            }
            return;
        }
        List<Line> folded = lines.subList(head, lines.size() - tail);
        if (head > 0) {
            parts.add(new Part.Kept(lines.subList(0, head)));
        }
        parts.add(new Part.Gap(folded.size(), folded));
        if (tail > 0) {
            parts.add(new Part.Kept(lines.subList(lines.size() - tail, lines.size())));
        }
    }

    /// How line endings changed in lines that are otherwise equal.
    private List<String> endingNotes(SplitText old, SplitText now, List<LineDiff.Block> blocks) {
        Ending before = old.usual();
        Ending after = now.usual();
        if (before != Ending.NONE && after != Ending.NONE) {
            return before == after
                    ? List.of()
                    : List.of("Line endings changed: " + before + " → " + after);
        }
        int changed = 0;
        int oldAt = 0;
        int newAt = 0;
        for (int b = 0; b <= blocks.size(); b++) {
            int to = b < blocks.size() ? blocks.get(b).oldFrom() : old.lines().size();
            for (; oldAt < to; oldAt++, newAt++) {
                changed += old.endings().get(oldAt) == now.endings().get(newAt) ? 0 : 1;
            }
            if (b < blocks.size()) {
                oldAt = blocks.get(b).oldTo();
                newAt = blocks.get(b).newTo();
            }
        }
        return changed == 0 || !wholeFile
                ? List.of()
                : List.of(
                        "Line endings changed in %,d %s"
                                .formatted(changed, changed == 1 ? "line" : "lines"));
    }
}
