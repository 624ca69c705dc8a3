package dev.oriel.journal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts text into what can be found, and a person's query into what to look for.
///
/// SQLite's `unicode61` tokenizer makes words out of letters and digits, and ignores case and
/// diacritics. Scripts that put no spaces between words (Chinese, Japanese, Thai, …; Korean, where
/// particles hang on the word) would become one word per sentence, so there every character is made
/// a word of its own, by a zero-width space in front of it, and a query in them is a phrase of such
/// characters. That finds any part of a word, also the two-character words that SQLite's `trigram`
/// tokenizer cannot find, in an index a third of its size.
final class SearchTokenizer {
    /// What a query may have; more words than that are left out.
    private static final int MOST_WORDS = 24;

    private static final int LONGEST_WORD = 128;
    private static final char CUT = '\u200b';
    static final char OPEN = '\u2068';
    static final char CLOSE = '\u2069';

    private SearchTokenizer() {}

    /// The text as it is indexed. Without the characters that this class and the snippets give a
    /// meaning.
    static String insertBreaks(String text) {
        StringBuilder out = null;
        for (int i = 0, width; i < text.length(); i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            boolean drop = c == CUT || c == OPEN || c == CLOSE || c == 0;
            boolean alone = c >= 0x0e00 && standsAlone(c);
            if (out == null && (drop || alone)) {
                out = new StringBuilder(text.length() + 64).append(text, 0, i);
            }
            if (out != null && !drop) {
                if (alone) {
                    out.append(CUT);
                }
                out.appendCodePoint(c);
            }
        }
        return out == null ? text : out.toString();
    }

    /// Undoes [#insertBreaks].
    static String removeBreaks(String text) {
        return text.replace(String.valueOf(CUT), "");
    }

    /// The query in FTS5's own language: every word in quotes, all of them wanted, the last one a
    /// prefix.
    ///
    /// @return empty if there is no word in it
    static Optional<String> toMatchExpression(String query) {
        List<String> phrases = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = true;
        for (int i = 0, width; i < query.length() && phrases.size() < MOST_WORDS; i += width) {
            int c = query.codePointAt(i);
            width = Character.charCount(c);
            open = isWord(c);
            if (open && word.length() < LONGEST_WORD) {
                word.appendCodePoint(c);
            } else if (!open) {
                end(word, phrases);
            }
        }
        boolean unfinished = open && phrases.size() < MOST_WORDS;
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

    private static boolean standsAlone(int c) {
        if (!Character.isLetter(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
