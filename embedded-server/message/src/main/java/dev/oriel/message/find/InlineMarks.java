package dev.oriel.message.find;

import java.util.regex.Pattern;

/// One line of Markdown without the marks inside it: emphasis, code, links, escapes, entities.
final class InlineMarks {
    private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final int LONGEST_ENTITY = 10;

    /// How far the other end of a mark is looked for, characters, so that the time grows with the
    /// length of the text only.
    private static final int REACH = 1_000;

    private static final Pattern LINE_BREAK = Pattern.compile("(?i)\\s*br\\s*/?\\s*");

    private static final boolean[] IS_MARK = new boolean[128];

    static {
        for (char c : "\\`*_~[!]<&".toCharArray()) {
            IS_MARK[c] = true;
        }
    }

    private final StringBuilder out;

    /// Links whose text began and did not end.
    private int openLinks;

    InlineMarks(StringBuilder out) {
        this.out = out;
    }

    void append(String text) {
        int plain = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (!isMark(c)) {
                i++;
                continue;
            }
            out.append(text, plain, i);
            i = mark(text, i, c);
            plain = i;
        }
        out.append(text, plain, text.length());
    }

    private static boolean isMark(char c) {
        return c < IS_MARK.length && IS_MARK[c];
    }

    /// Handles a mark.
    ///
    /// @return where the text after it begins
    private int mark(String text, int at, char c) {
        return switch (c) {
            case '\\' -> escape(text, at);
            case '`' -> code(text, at);
            case '*', '_', '~' -> emphasis(text, at, c);
            case ']' -> linkEnd(text, at);
            case '[' -> linkStart(text, at);
            case '!' -> image(text, at);
            case '<' -> angle(text, at);
            default -> entity(text, at);
        };
    }

    private int keep(String text, int from, int to) {
        out.append(text, from, to);
        return to;
    }

    private int escape(String text, int at) {
        boolean escapes = at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0;
        return escapes ? keep(text, at + 1, at + 2) : keep(text, at, at + 1);
    }

    private static int runEnd(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == text.charAt(at)) {
            end++;
        }
        return end;
    }

    private int code(String text, int at) {
        int open = runEnd(text, at);
        for (int i = text.indexOf('`', open); i >= 0 && i < at + REACH; ) {
            int end = runEnd(text, i);
            if (end - i == open - at) {
                String inner = text.substring(open, i);
                boolean padded = inner.startsWith(" ") && inner.endsWith(" ") && !inner.isBlank();
                out.append(padded ? inner.substring(1, inner.length() - 1) : inner);
                return end;
            }
            i = text.indexOf('`', end);
        }
        return keep(text, at, open);
    }

    /// A run between two spaces is no mark, nor is `_` inside of a word.
    private int emphasis(String text, int at, char c) {
        int end = runEnd(text, at);
        boolean spaceBefore = at == 0 || Character.isWhitespace(text.charAt(at - 1));
        boolean spaceAfter = end == text.length() || Character.isWhitespace(text.charAt(end));
        boolean inWord =
                at > 0
                        && end < text.length()
                        && Character.isLetterOrDigit(text.charAt(at - 1))
                        && Character.isLetterOrDigit(text.charAt(end));
        boolean kept =
                (spaceBefore && spaceAfter)
                        || (c == '_' && inWord)
                        || (c == '~' && end - at != 2)
                        || end - at > 3;
        return kept ? keep(text, at, end) : end;
    }

    private static boolean isLink(String text, int close) {
        return close + 1 < text.length() && text.charAt(close + 1) == '(';
    }

    private int linkStart(String text, int at) {
        int depth = 0;
        for (int i = at; i < Math.min(text.length(), at + REACH); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth == 0) {
                if (!isLink(text, i)) {
                    break;
                }
                openLinks++;
                return at + 1;
            }
        }
        return keep(text, at, at + 1);
    }

    /// The end of a link's text, with its address.
    private int linkEnd(String text, int at) {
        if (openLinks > 0 && isLink(text, at)) {
            openLinks--;
            int depth = 0;
            for (int i = at + 1; i < Math.min(text.length(), at + REACH); i++) {
                char c = text.charAt(i);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return keep(text, at, at + 1);
    }

    private int image(String text, int at) {
        boolean image = at + 1 < text.length() && text.charAt(at + 1) == '[';
        return image ? at + 1 : keep(text, at, at + 1);
    }

    /// An address between angle brackets, or a line break; other elements are shown as they are.
    private int angle(String text, int at) {
        int end = at + 1;
        int limit = Math.min(text.length(), at + REACH);
        // Nothing between angle brackets contains another one, so no part is read twice.
        while (end < limit && text.charAt(end) != '>' && text.charAt(end) != '<') {
            end++;
        }
        if (end == limit || text.charAt(end) == '<') {
            return keep(text, at, at + 1);
        }
        String inner = text.substring(at + 1, end);
        if (LINE_BREAK.matcher(inner).matches()) {
            out.append('\n');
            return end + 1;
        }
        boolean address = inner.indexOf(' ') < 0 && (inner.contains("://") || inner.contains("@"));
        if (address) {
            out.append(inner);
            return end + 1;
        }
        return keep(text, at, at + 1);
    }

    private int entity(String text, int at) {
        int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_ENTITY));
        if (end < 0) {
            return keep(text, at, at + 1);
        }
        int character = entity(text.substring(at + 1, end));
        if (character < 0) {
            return keep(text, at, at + 1);
        }
        out.appendCodePoint(character);
        return end + 1;
    }

    private static int entity(String name) {
        try {
            if (name.startsWith("#x") || name.startsWith("#X")) {
                return checked(Integer.parseInt(name.substring(2), 16));
            }
            if (name.startsWith("#")) {
                return checked(Integer.parseInt(name.substring(1)));
            }
        } catch (NumberFormatException e) {
            return -1;
        }
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            case "nbsp" -> '\u00A0';
            default -> -1;
        };
    }

    private static int checked(int character) {
        return character > 0 && Character.isValidCodePoint(character) ? character : -1;
    }
}
