package dev.oriel.app.highlight.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which characters a line must contain, so that an expression can match anywhere in it: all of one
/// set, and of each list of alternatives all of at least one.
///
/// @param all present in each match
/// @param choices alternatives, of which one is present
record LineRequirement(Characters all, List<List<Characters>> choices) {
    static final LineRequirement NONE = new LineRequirement(Characters.NONE, List.of());

    private static final int MAX_CHOICES = 4;
    private static final int MAX_ALTERNATIVES = 200;

    /// Characters of a line.
    ///
    /// @param exact each as it is
    /// @param letters `a` to `z` in upper or lower case, one bit each
    record Characters(CharacterSet exact, int letters) {
        static final Characters NONE = new Characters(CharacterSet.NONE, 0);

        static Characters in(String line) {
            long low = 0;
            long high = 0;
            int letters = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c >= 128) {
                    low |= 1;
                } else if (c < 64) {
                    low |= 1L << c;
                } else {
                    high |= 1L << c;
                    letters |= letter(c);
                }
            }
            return new Characters(new CharacterSet(low, high), letters);
        }

        private static int letter(int c) {
            int lower = c | 0x20;
            return lower >= 'a' && lower <= 'z' && c < 128 ? 1 << (lower - 'a') : 0;
        }

        static Characters of(int c, boolean ignoreCase) {
            int letter = letter(c);
            return ignoreCase && letter != 0
                    ? new Characters(CharacterSet.NONE, letter)
                    : new Characters(CharacterSet.of(c), 0);
        }

        boolean isEmpty() {
            return exact.isEmpty() && letters == 0;
        }

        boolean areIn(Characters line) {
            return (exact.low() & ~line.exact.low()) == 0
                    && (exact.high() & ~line.exact.high()) == 0
                    && (letters & ~line.letters) == 0;
        }

        Characters and(Characters other) {
            return new Characters(exact.or(other.exact), letters | other.letters);
        }
    }

    static LineRequirement of(int c, boolean ignoreCase) {
        // All other characters share a bit, so one of them requires any of them.
        return new LineRequirement(Characters.of(c, ignoreCase), List.of());
    }

    /// One of a few characters.
    static LineRequirement oneOf(CharacterSet set) {
        List<Characters> alternatives = new ArrayList<>();
        for (char c = 0; c < 128; c++) {
            if (set.contains(c)) {
                alternatives.add(Characters.of(c, false));
            }
        }
        return new LineRequirement(Characters.NONE, List.of(List.copyOf(alternatives)));
    }

    boolean isMetBy(Characters line) {
        if (!all.areIn(line)) {
            return false;
        }
        for (List<Characters> alternatives : choices) {
            boolean met = false;
            for (int i = 0; i < alternatives.size() && !met; i++) {
                met = alternatives.get(i).areIn(line);
            }
            if (!met) {
                return false;
            }
        }
        return true;
    }

    /// What both require.
    LineRequirement and(LineRequirement other) {
        if (other.equals(NONE)) {
            return this;
        }
        if (equals(NONE)) {
            return other;
        }
        List<List<Characters>> both = new ArrayList<>(choices);
        other.choices.stream().filter(c -> !both.contains(c)).forEach(both::add);
        both.sort(Comparator.comparingInt(List::size));
        return new LineRequirement(
                all.and(other.all),
                List.copyOf(both.subList(0, Math.min(both.size(), MAX_CHOICES))));
    }

    /// What is required if one of several parts must match.
    static LineRequirement any(List<LineRequirement> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        List<Characters> alternatives = new ArrayList<>();
        for (LineRequirement part : parts) {
            if (!part.all.isEmpty()) {
                alternatives.add(part.all);
            } else if (!part.choices.isEmpty()) {
                alternatives.addAll(part.choices.getFirst());
            } else {
                return NONE;
            }
        }
        return alternatives.size() > MAX_ALTERNATIVES
                ? NONE
                : new LineRequirement(
                        Characters.NONE, List.of(alternatives.stream().distinct().toList()));
    }
}
