package dev.oriel.journal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits text into words that can be found, and converts the user's query to an FTS5 expression.
///
/// SQLite's `unicode61` tokenizer forms words of letters and digits, and ignores case and
/// diacritics. In scripts without spaces between words (Chinese, Japanese, Thai, …; and Korean,
/// where particles are attached to words) it would form one word per sentence. Here each character
/// of such a script becomes a word, by a zero-width space before it, and a query in it becomes a
/// phrase of characters. This finds any part of a word, including words of two characters, which
/// SQLite's `trigram` tokenizer cannot find, and the index has a third of the size.
final class SearchTokenizer {
    /// Further words of a query are ignored.
    private static final int MAX_WORDS = 24;

    private static final int MAX_WORD_LENGTH = 128;
    private static final char BREAK = '\u200b';
    static final char OPEN = '\u2068';
    static final char CLOSE = '\u2069';

    private SearchTokenizer() {}

    /// The text as it is indexed, without the characters that this class and the snippets use.
    static String insertBreaks(String text) {
        StringBuilder out = null;
        for (int i = 0, width; i < text.length(); i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            boolean drop = c == BREAK || c == OPEN || c == CLOSE || c == 0;
            boolean alone = c >= 0x0e00 && isWordByItself(c);
            if (out == null && (drop || alone)) {
                out = new StringBuilder(text.length() + 64).append(text, 0, i);
            }
            if (out != null && !drop) {
                if (alone) {
                    out.append(BREAK);
                }
                out.appendCodePoint(c);
            }
        }
        return out == null ? text : out.toString();
    }

    /// Reverts [#insertBreaks].
    static String removeBreaks(String text) {
        return text.replace(String.valueOf(BREAK), "");
    }

    /// The query as an FTS5 expression: each word quoted, all required, the last one a prefix.
    ///
    /// @return empty if the query contains no word
    static Optional<String> toMatchExpression(String query) {
        List<String> phrases = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = true;
        for (int i = 0, width; i < query.length() && phrases.size() < MAX_WORDS; i += width) {
            int c = query.codePointAt(i);
            width = Character.charCount(c);
            open = isWord(c);
            if (open && word.length() < MAX_WORD_LENGTH) {
                word.appendCodePoint(c);
            } else if (!open) {
                end(word, phrases);
            }
        }
        boolean unfinished = open && phrases.size() < MAX_WORDS;
        end(word, phrases);
        if (phrases.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.join(" ", phrases) + (unfinished ? "*" : ""));
    }

    private static void end(StringBuilder word, List<String> phrases) {
        if (!word.isEmpty()) {
            phrases.add('"' + insertBreaks(word.toString()) + '"');
            word.setLength(0);
        }
    }

    private static boolean isWord(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    private static boolean isWordByItself(int c) {
        if (!Character.isLetter(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
