package dev.oriel.app.transcript.options;

import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.message.Graphemes;
import java.util.List;

/// The lines of a long text that are shown.
///
/// @param hiddenLines number of lines that are not shown
public record TextExcerpt(List<String> lines, int hiddenLines) {
    /// The most characters of one line that are shown.
    private static final int LONGEST = 20_000;

    /// @param atFirst lines before any expansion
    /// @param more number of expansions; each adds ten times `atFirst`
    public static TextExcerpt of(List<String> lines, int atFirst, int more) {
        int room = atFirst + more * 10 * atFirst;
        int characters = (more + 1) * 4 * BlockBuilder.LONGEST;
        int n = 0;
        int used = 0;
        while (n < lines.size()
                && n < room
                && (n == 0 || used + lines.get(n).length() <= characters)) {
            used += lines.get(n).length();
            n++;
        }
        int longest = Math.max(characters, LONGEST * more);
        List<String> shown =
                lines.subList(0, n).stream()
                        .map(l -> l.length() <= longest ? l : cut(l, longest))
                        .toList();
        return new TextExcerpt(shown, lines.size() - n);
    }

    private static String cut(String line, int at) {
        int end = Graphemes.prefixEnd(line, at);
        return line.substring(0, end)
                + " [… %,d more characters in this line]".formatted(line.length() - end);
    }

    /// What the control that shows more says.
    public String showMoreText() {
        return hiddenLines == 1
                ? "Show 1 more line"
                : "Show more (%,d lines)".formatted(hiddenLines);
    }
}
