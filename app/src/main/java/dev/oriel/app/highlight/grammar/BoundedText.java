package dev.oriel.app.highlight.grammar;

import org.jspecify.annotations.Nullable;

/// A line of code that can be read only so many times. The regular expressions of grammars can take
/// exponential time; each of their steps reads a character.
final class BoundedText implements CharSequence {
    private final String text;
    private final Steps steps;
    private LineRequirement.@Nullable Characters characters;

    /// What may still be read.
    static final class Steps {
        private long left;

        Steps(long most) {
            left = most;
        }

        long left() {
            return left;
        }
    }

    /// The limit is reached.
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExhaustedException() {
            super("The line needs too many steps.", null, false, false);
        }
    }

    BoundedText(String text, Steps steps) {
        this.text = text;
        this.steps = steps;
    }

    /// The start of this text, with the same limit.
    BoundedText prefix(int end) {
        return new BoundedText(text.substring(0, end), steps);
    }

    /// Counts work that reads no characters.
    void spend(int count) {
        steps.left -= count;
        if (steps.left < 0) {
            throw new ExhaustedException();
        }
    }

    /// The characters that occur in it.
    LineRequirement.Characters characters() {
        LineRequirement.Characters known = characters;
        if (known == null) {
            known = LineRequirement.Characters.in(text);
            characters = known;
        }
        return known;
    }

    /// The first position from one on at which there is a character of a set, or the end if the set
    /// includes it; -1 if there is none.
    int next(CharacterSet set, int from) {
        for (int i = from; i < text.length(); i++) {
            if (set.contains(text.charAt(i))) {
                return i;
            }
        }
        return from <= text.length() && set.contains('\0') ? text.length() : -1;
    }

    @Override
    public char charAt(int index) {
        if (--steps.left < 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
