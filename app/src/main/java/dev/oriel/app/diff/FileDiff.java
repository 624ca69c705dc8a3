package dev.oriel.app.diff;

import java.util.List;
import java.util.stream.Stream;

/// What changes in a file. Immutable.
///
/// @param parts in the order of the file
/// @param notes about the file as a whole, such as changed line endings
/// @param added number of lines
/// @param removed number of lines
public record FileDiff(List<Part> parts, List<String> notes, int added, int removed) {
    public FileDiff {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    private static final String BINARY = "Binary file, ";

    /// A change of a file that is not text.
    ///
    /// @param size what is known of it, in words
    static FileDiff ofBinary(String size) {
        return new FileDiff(List.of(), List.of(BINARY + size), 0, 0);
    }

    /// Whether the file is not text, so that only its size is known.
    public boolean isBinary() {
        return parts.isEmpty() && notes.stream().anyMatch(n -> n.startsWith(BINARY));
    }

    /// Consecutive lines with the same fate.
    public sealed interface Part {
        /// Lines around a change.
        record Kept(List<Line> lines) implements Part {
            public Kept {
                lines = List.copyOf(lines);
            }
        }

        /// Removed lines and the added ones that replace them; one of the lists may be empty.
        ///
        /// @param pairs lines that resemble each other; both indices increase
        record Changed(List<Line> removed, List<Line> added, List<Pair> pairs) implements Part {
            public Changed {
                removed = List.copyOf(removed);
                added = List.copyOf(added);
                pairs = List.copyOf(pairs);
            }
        }

        /// Unchanged lines between changes.
        ///
        /// @param count number of lines
        /// @param lines the lines; empty if they are not known
        record Gap(int count, List<Line> lines) implements Part {
            public Gap {
                lines = List.copyOf(lines);
            }
        }
    }

    /// A removed and an added line that resemble each other, as indices of [Part.Changed].
    public record Pair(int removed, int added) {}

    /// One line.
    ///
    /// @param oldNumber in the file before, from 1; 0 if it is not there or the number is unknown
    /// @param newNumber in the file after, from 1; 0 if it is not there or the number is unknown
    /// @param text as it is shown
    /// @param marks what changed in the line; empty if the whole line did, or nothing
    /// @param withoutNewline whether the file ends after it without a line break
    public record Line(
            int oldNumber, int newNumber, String text, List<Mark> marks, boolean withoutNewline) {
        public Line {
            marks = List.copyOf(marks);
        }

        Line withMarks(List<Mark> changed) {
            return new Line(oldNumber, newNumber, text, changed, withoutNewline);
        }
    }

    /// A part of a line that changed, as indices of its text. Grapheme clusters are whole.
    public record Mark(int from, int to) {}

    /// Whether nothing changes.
    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    /// The greatest line number; 0 if no line has one.
    public int lastNumber() {
        return parts.stream()
                .flatMap(p ->
                        switch (p) {
                            case Part.Kept k -> k.lines().stream();
                            case Part.Gap g -> g.lines().stream();
                            case Part.Changed c ->
                                    Stream.concat(c.removed().stream(), c.added().stream());
                        })
                .mapToInt(l -> Math.max(l.oldNumber(), l.newNumber()))
                .max()
                .orElse(0);
    }
}
