package dev.oriel.app.transcript.terminal;

import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.TerminalLine;
import dev.oriel.app.text.TerminalText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fxmisc.richtext.model.StyledSegment;

/// Output of a command as lines of the transcript: its start and its end, because the end tells how
/// it went.
///
/// @param text the whole output without its styles
/// @param head the first lines
/// @param hidden number of lines that are not shown
/// @param tail the last lines
public record PrintedOutput(
        String text,
        List<List<StyledSegment<String, TextStyle>>> head,
        int hidden,
        List<List<StyledSegment<String, TextStyle>>> tail) {
    private static final int HEAD = 16;
    private static final int TAIL = 8;

    /// Lines that each expansion adds.
    private static final int MORE = 250;

    /// Characters of head and tail before any expansion, and what each expansion adds.
    private static final int CHARACTERS = 4 * BlockBuilder.LONGEST;

    /// @param expansions how many times the user chose to see more
    public static PrintedOutput of(String raw, int expansions) {
        List<TerminalLine> lines = new ArrayList<>(TerminalText.lines(raw));
        while (!lines.isEmpty() && lines.getLast().text().isBlank()) {
            lines.removeLast();
        }
        String text = lines.stream().map(TerminalLine::text).collect(Collectors.joining("\n"));
        int longest = CHARACTERS * (expansions + 1);
        int headEnd = count(lines, HEAD + MORE * expansions, longest);
        int tailStart = lines.size() - count(lines.reversed(), TAIL, longest / 2);
        if (headEnd >= tailStart - 1) {
            return new PrintedOutput(text, segments(lines, longest), 0, List.of());
        }
        return new PrintedOutput(
                text,
                segments(lines.subList(0, headEnd), longest),
                tailStart - headEnd,
                segments(lines.subList(tailStart, lines.size()), longest / 2));
    }

    /// How many lines fit; at least one if there is any.
    private static int count(List<TerminalLine> lines, int most, int characters) {
        int n = 0;
        int used = 0;
        for (TerminalLine line : lines) {
            used += line.text().length();
            if (n == most || (n > 0 && used > characters)) {
                break;
            }
            n++;
        }
        return n;
    }

    private static List<List<StyledSegment<String, TextStyle>>> segments(
            List<TerminalLine> lines, int longest) {
        return lines.stream().map(l -> segments(l, longest)).toList();
    }

    private static List<StyledSegment<String, TextStyle>> segments(TerminalLine line, int longest) {
        String text = line.text();
        int end = Graphemes.prefixEnd(text, longest);
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        for (TerminalLine.Run run : line.runs()) {
            if (run.from() < end) {
                String part = text.substring(run.from(), Math.min(end, run.to()));
                out.add(new StyledSegment<>(DisplayText.output(part), TerminalInk.of(run.style())));
            }
        }
        if (out.isEmpty()) {
            out.add(new StyledSegment<>("", TextStyle.CODE));
        }
        if (end < text.length()) {
            out.add(
                    new StyledSegment<>(
                            " [… %,d more characters in this line]".formatted(text.length() - end),
                            TextStyle.of("mono", "quiet")));
        }
        return out;
    }
}
