package dev.oriel.app.composer.complete;

import java.util.Optional;

/// The word before the caret that opens the picker: one that starts with `/` or `@`.
///
/// @param start position of the `/` or `@`
/// @param end position of the caret
/// @param query what follows the `/` or `@`, without the quotation mark of a quoted path
/// @param quoted whether a quotation mark follows the `@`
/// @param first whether the text before it is blank; only there a command runs
record CompletionTrigger(
        Kind kind, int start, int end, String query, boolean quoted, boolean first) {
    /// Queries with more characters are no names that somebody types.
    private static final int MAX_QUERY = 200;

    /// What is picked.
    enum Kind {
        COMMAND('/'),
        FILE('@');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /// The character that opens the picker.
        char mark() {
            return mark;
        }
    }

    /// Finds the trigger of a text, if the caret is in one.
    static Optional<CompletionTrigger> find(String text, int caret) {
        int least = Math.max(0, caret - MAX_QUERY - 2);
        int start = quoteStart(text, caret, least);
        if (start >= 0) {
            return Optional.of(of(Kind.FILE, text, start, caret, true));
        }
        start = caret;
        while (start > least && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        // A bracket or a quotation mark before it belongs to the sentence.
        while (start < caret && "([{\"'“‘«".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        if (start == caret || (start == least && least > 0)) {
            return Optional.empty();
        }
        return switch (text.charAt(start)) {
            case '@' ->
                    text.startsWith("@\"", start)
                            ? Optional.empty() // its quotation is closed
                            : Optional.of(of(Kind.FILE, text, start, caret, false));
            case '/' ->
                    isName(text, start + 1, caret)
                            ? Optional.of(of(Kind.COMMAND, text, start, caret, false))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// The position of an `@"` before the caret whose quotation is open; -1 if there is none.
    private static int quoteStart(String text, int caret, int least) {
        for (int i = caret - 1; i > least; i--) {
            char c = text.charAt(i);
            if (c == '\n') {
                return -1;
            }
            if (c == '"') {
                boolean opens =
                        text.charAt(i - 1) == '@'
                                && (i == 1 || Character.isWhitespace(text.charAt(i - 2)));
                return opens ? i - 1 : -1;
            }
        }
        return -1;
    }

    private static CompletionTrigger of(
            Kind kind, String text, int start, int caret, boolean quoted) {
        return new CompletionTrigger(
                kind,
                start,
                caret,
                text.substring(Math.min(caret, start + (quoted ? 2 : 1)), caret),
                quoted,
                text.substring(0, start).isBlank());
    }

    /// Whether these characters can be the beginning of a command's name, not those of a path.
    private static boolean isName(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_-:.".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether another trigger is this one after more or less was typed.
    boolean isSameWord(CompletionTrigger other) {
        return kind == other.kind && start == other.start;
    }
}
