package dev.oriel.app.highlight.grammar;

/// A line of code that can be read only so many times. The regular expressions of grammars can take
/// exponential time; each of their steps reads a character.
final class BoundedText implements CharSequence {
    private final String text;
    private final Steps steps;

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
