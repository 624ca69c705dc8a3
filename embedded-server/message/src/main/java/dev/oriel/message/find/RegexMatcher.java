package dev.oriel.message.find;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds matches of a regular expression, line by line, within a time limit.
final class RegexMatcher implements TextMatcher {
    private final Pattern pattern;
    private final boolean wholeWord;

    RegexMatcher(Pattern pattern, boolean wholeWord) {
        this.pattern = pattern;
        this.wholeWord = wholeWord;
    }

    @Override
    public int find(String text, SearchDeadline deadline, Sink sink) throws SlowQueryException {
        int found = 0;
        int from = 0;
        try {
            Matcher matcher = pattern.matcher(new Timed(text, deadline));
            while (from <= text.length() && found < MAX_MATCHES) {
                int lineEnd = text.indexOf('\n', from);
                int to = lineEnd < 0 ? text.length() : lineEnd;
                matcher.region(from, to);
                while (found < MAX_MATCHES && matcher.find()) {
                    int start = matcher.start();
                    int end = matcher.end();
                    if (start < end && (!wholeWord || WordEdges.areAt(text, start, end))) {
                        sink.accept(start, end);
                        found++;
                    }
                }
                from = to + 1;
            }
        } catch (Late | StackOverflowError e) {
            throw new SlowQueryException();
        }
        return found;
    }

    /// A text that throws [Late] when it is read after the deadline. The class Matcher cannot be
    /// stopped otherwise.
    private static final class Timed implements CharSequence {
        private static final int READS_PER_CHECK = 256;

        private final CharSequence text;
        private final SearchDeadline deadline;
        private int reads;

        Timed(CharSequence text, SearchDeadline deadline) {
            this.text = text;
            this.deadline = deadline;
        }

        @Override
        public char charAt(int index) {
            if (++reads >= READS_PER_CHECK) {
                reads = 0;
                if (deadline.hasPassed()) {
                    throw new Late();
                }
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class Late extends RuntimeException {
        private static final long serialVersionUID = 1;

        Late() {
            super(null, null, false, false);
        }
    }
}
