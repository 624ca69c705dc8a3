package dev.oriel.app.diff;

import com.github.difflib.DiffUtils;
import dev.oriel.app.diff.FileDiff.Line;
import dev.oriel.app.diff.FileDiff.Mark;
import dev.oriel.app.diff.FileDiff.Pair;
import dev.oriel.app.diff.FileDiff.Part;
import dev.oriel.app.diff.LineTokens.Vocabulary;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;

/// Pairs removed lines with added ones that resemble them, and marks the words that differ.
///
/// One object serves one file, because its work is bounded: once [#MAX_CHARACTERS] are compared,
/// lines are left without marks.
final class WordDiff {
    /// The most characters whose words are compared in one file.
    private static final int MAX_CHARACTERS = 400_000;

    /// The most characters of a line whose words are compared.
    private static final int MAX_LINE = 4_000;

    /// The most tokens of a line that are compared; beyond it, only equal ends are found.
    private static final int MAX_TOKENS = 500;

    /// The most pairs of lines that are compared to find those that resemble each other most.
    private static final int MAX_COMPARISONS = 2_500;

    /// The least similarity of two lines that are a pair.
    private static final double LEAST = 0.5;

    private int left = MAX_CHARACTERS;

    /// The lines with their pairs and marks.
    Part.Changed compare(List<Line> removed, List<Line> added) {
        int characters = characters(removed) + characters(added);
        if (removed.isEmpty() || added.isEmpty() || characters > left) {
            return new Part.Changed(removed, added, List.of());
        }
        left -= characters;
        if (removed.size() == 1 && added.size() == 1 && isLong(removed) && isLong(added)) {
            return longLine(removed.getFirst(), added.getFirst());
        }
        Vocabulary words = new Vocabulary();
        List<LineTokens> old = tokens(removed, words);
        List<LineTokens> now = tokens(added, words);
        List<Pair> pairs = pairs(old, now, words);
        List<Line> markedRemoved = new ArrayList<>(removed);
        List<Line> markedAdded = new ArrayList<>(added);
        for (Pair pair : pairs) {
            List<Mark> oldMarks = new ArrayList<>();
            List<Mark> newMarks = new ArrayList<>();
            LineTokens oldTokens = old.get(pair.removed());
            LineTokens newTokens = now.get(pair.added());
            for (LineDiff.Block d : differences(oldTokens.ids(), newTokens.ids())) {
                mark(oldMarks, oldTokens, d.oldFrom(), d.oldTo());
                mark(newMarks, newTokens, d.newFrom(), d.newTo());
            }
            Line before = removed.get(pair.removed());
            Line after = added.get(pair.added());
            markedRemoved.set(pair.removed(), before.withMarks(joined(oldMarks, before.text())));
            markedAdded.set(pair.added(), after.withMarks(joined(newMarks, after.text())));
        }
        return new Part.Changed(markedRemoved, markedAdded, pairs);
    }

    private static boolean isLong(List<Line> lines) {
        return lines.getFirst().text().length() > MAX_LINE;
    }

    /// Marks what is between the common ends of two long lines.
    private static Part.Changed longLine(Line removed, Line added) {
        String old = removed.text();
        String now = added.text();
        int least = Math.min(old.length(), now.length());
        int same = 0;
        while (same < least && old.charAt(same) == now.charAt(same)) {
            same++;
        }
        int start = Math.min(Graphemes.prefixEnd(old, same), Graphemes.prefixEnd(now, same));
        int end = 0;
        while (end < least - start
                && old.charAt(old.length() - 1 - end) == now.charAt(now.length() - 1 - end)) {
            end++;
        }
        end =
                Math.min(
                        old.length() - Graphemes.suffixStart(old, end),
                        now.length() - Graphemes.suffixStart(now, end));
        if (start + end < LEAST * Math.max(old.length(), now.length())) {
            return new Part.Changed(List.of(removed), List.of(added), List.of());
        }
        return new Part.Changed(
                List.of(removed.withMarks(range(start, old.length() - end))),
                List.of(added.withMarks(range(start, now.length() - end))),
                List.of(new Pair(0, 0)));
    }

    private static List<Mark> range(int from, int to) {
        return to > from ? List.of(new Mark(from, to)) : List.of();
    }

    private static int characters(List<Line> lines) {
        return lines.stream().mapToInt(l -> Math.min(l.text().length(), MAX_LINE)).sum();
    }

    /// A line that is too long has no tokens, so it resembles no other line.
    private static List<LineTokens> tokens(List<Line> lines, Vocabulary words) {
        return lines.stream()
                .map(l ->
                        l.text().length() <= MAX_LINE
                                ? LineTokens.of(l.text(), words)
                                : LineTokens.none(l.text()))
                .toList();
    }

    private static List<Pair> pairs(List<LineTokens> old, List<LineTokens> now, Vocabulary words) {
        if ((long) old.size() * now.size() <= MAX_COMPARISONS) {
            return best(old, now, words);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
            if (old.get(i).similarity(now.get(i), words) >= LEAST) {
                pairs.add(new Pair(i, i));
            }
        }
        return pairs;
    }

    /// The pairs in order whose similarities have the greatest sum.
    private static List<Pair> best(List<LineTokens> old, List<LineTokens> now, Vocabulary words) {
        double[][] similar = new double[old.size()][now.size()];
        double[][] sums = new double[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                double s = old.get(i).similarity(now.get(j), words);
                similar[i][j] = s >= LEAST ? s : -1;
                sums[i][j] =
                        Math.max(
                                similar[i][j] + sums[i + 1][j + 1],
                                Math.max(sums[i + 1][j], sums[i][j + 1]));
            }
        }
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() && j < now.size()) {
            if (similar[i][j] > 0 && sums[i][j] == similar[i][j] + sums[i + 1][j + 1]) {
                pairs.add(new Pair(i++, j++));
            } else if (sums[i][j] == sums[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }

    /// The ranges of tokens that differ.
    private static List<LineDiff.Block> differences(List<Integer> old, List<Integer> now) {
        if (old.size() > MAX_TOKENS || now.size() > MAX_TOKENS) {
            return List.of(LineDiff.withoutCommonEnds(old, now));
        }
        return DiffUtils.diff(old, now).getDeltas().stream()
                .map(d -> LineDiff.Block.of(d, 0, 0))
                .toList();
    }

    private static void mark(List<Mark> marks, LineTokens tokens, int from, int to) {
        if (to > from) {
            marks.add(new Mark(tokens.starts().get(from), tokens.starts().get(to)));
        }
    }

    /// Marks with nothing but a gap between them become one.
    private static List<Mark> joined(List<Mark> marks, String text) {
        List<Mark> out = new ArrayList<>();
        for (Mark mark : marks) {
            Mark last = out.isEmpty() ? null : out.getLast();
            if (last != null && text.substring(last.to(), mark.from()).isBlank()) {
                out.set(out.size() - 1, new Mark(last.from(), mark.to()));
            } else {
                out.add(mark);
            }
        }
        return out;
    }
}
