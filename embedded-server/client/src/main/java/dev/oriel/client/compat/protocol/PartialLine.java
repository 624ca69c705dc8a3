package dev.oriel.client.compat.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line that was received in part: joins lines that come in pieces, several at once, or both.
///
/// Immutable; adding a piece does not copy those before it.
///
/// @param previous the part before this piece; null at the begin of a line
/// @param length of all pieces, in UTF-16 units; more than [#MAX_LENGTH] if the line is dropped
record PartialLine(@Nullable PartialLine previous, String piece, long length) {
    /// The CLI writes no longer line. A longer one is dropped up to its line break, so that it does
    /// not fill the memory.
    private static final int MAX_LENGTH = 64 * 1024 * 1024;

    /// No line has begun.
    static final PartialLine EMPTY = new PartialLine(null, "", 0);

    private static final PartialLine DROPPED = new PartialLine(null, "", MAX_LENGTH + 1L);

    /// What is left after some text, and the lines that it completed.
    ///
    /// @param lines without their line breaks and surrounding blanks; no blank ones
    record Split(PartialLine rest, List<String> lines) {}

    boolean isEmpty() {
        return length == 0;
    }

    /// Adds text.
    Split append(String text) {
        List<String> lines = new ArrayList<>();
        PartialLine current = this;
        int from = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
            current.plus(text.substring(from, at)).addTo(lines);
            current = EMPTY;
            from = at + 1;
        }
        return new Split(current.plus(text.substring(from)), lines);
    }

    /// The line as it is, if nothing more will come; none if it is blank.
    List<String> finish() {
        List<String> lines = new ArrayList<>();
        addTo(lines);
        return lines;
    }

    private PartialLine plus(String more) {
        return more.isEmpty()
                ? this
                : length + more.length() > MAX_LENGTH
                        ? DROPPED
                        : new PartialLine(this, more, length + more.length());
    }

    private void addTo(List<String> lines) {
        Deque<String> pieces = new ArrayDeque<>();
        for (PartialLine part = this; part != null; part = part.previous) {
            pieces.addFirst(part.piece);
        }
        String line = String.join("", pieces).strip();
        if (!line.isEmpty()) {
            lines.add(line);
        }
    }

    @Override
    public String toString() {
        return "PartialLine[" + length + "]";
    }
}
