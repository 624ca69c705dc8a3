package dev.oriel.message.find;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Tells from the bytes of a message that its text ([MessageText]) has no match, which takes a
/// fraction of the time of reading that text. Never rejects a message that has one. Immutable; any
/// thread.
///
/// The bytes are searched for a text that every match contains ([RequiredText]). That text can be
/// in the message although its bytes are not: written with escapes of JSON, in other letters that
/// are the same apart from case, or with marks of Markdown in between. Such messages pass.
public final class TextPrefilter {
    /// The most bytes that are looked for. More would not reject more messages.
    private static final int MAX_BYTES = 32;

    private static final int BYTES = 256;
    private static final int ESCAPE_DIGITS = 4;

    /// Letters outside of ASCII that are equal to one of ASCII apart from case.
    private static final String OTHER_CASES = "\u0130\u0131\u017F\u212A";

    /// Their counterparts.
    private static final String HAVE_OTHER_CASES = "iks";

    /// What Markdown loses between two letters, besides addresses of links. A space is lost only
    /// beside a back tick.
    private static final String MARKS = "*_~`[]!<>";

    private static final boolean[] IS_MARK = new boolean[BYTES];

    static {
        for (int i = 0; i < MARKS.length(); i++) {
            IS_MARK[MARKS.charAt(i)] = true;
        }
    }

    private final byte[] sought;
    private final byte[] fold = new byte[BYTES];
    private final int[] shifts = new int[BYTES];

    /// Bytes with which something begins or ends that can stand for what is sought.
    private final boolean[] suspects = new boolean[BYTES];

    private final boolean hasOtherCases;
    private final boolean isAscii;

    private TextPrefilter(String required, boolean matchCase) {
        for (int i = 0; i < BYTES; i++) {
            fold[i] = (byte) (!matchCase && i >= 'A' && i <= 'Z' ? i + 'a' - 'A' : i);
        }
        String text = required;
        while (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            text = text.substring(0, text.length() - 1);
        }
        this.sought = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sought.length; i++) {
            sought[i] = folded(sought[i]);
        }
        Arrays.fill(shifts, sought.length);
        for (int i = 0; i + 1 < sought.length; i++) {
            shifts[sought[i] & 0xFF] = sought.length - 1 - i;
        }
        this.isAscii = sought.length == text.length();
        this.hasOtherCases =
                !matchCase && text.chars().anyMatch(c -> HAVE_OTHER_CASES.indexOf(c | 0x20) >= 0);
        suspects['\\'] = true;
        suspects['u'] = true;
        if (hasOtherCases) {
            for (byte b : OTHER_CASES.getBytes(StandardCharsets.UTF_8)) {
                suspects[b & 0xFF] = true;
            }
        }
    }

    /// The filter for the messages with matches of a query.
    static TextPrefilter of(TextQuery query) {
        return new TextPrefilter(RequiredText.of(query), query.matchCase());
    }

    private byte folded(byte b) {
        return fold[b & 0xFF];
    }

    /// Whether the text of a message can have a match.
    ///
    /// @param message any message
    /// @return false if it has none
    public boolean mayMatch(Message message) {
        byte[] bytes = message.bytes();
        return contains(bytes)
                || hides(bytes)
                || (message.is(MessageType.ASSISTANT) && containsWithMarks(bytes));
    }

    private boolean contains(byte[] bytes) {
        int end = sought.length - 1;
        if (end < 0) {
            return true;
        }
        for (int i = end; i < bytes.length; ) {
            byte b = folded(bytes[i]);
            if (b == sought[end] && isAt(bytes, i - end)) {
                return true;
            }
            i += shifts[b & 0xFF];
        }
        return false;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int i = 0; i < sought.length; i++) {
            if (folded(bytes[at + i]) != sought[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether there is anything that can stand for a letter or a mark.
    private boolean hides(byte[] bytes) {
        // Each of them has at least two bytes that are suspect.
        for (int i = 1; i < bytes.length; i += 2) {
            if (suspects[bytes[i] & 0xFF]
                    && (hidesAt(bytes, i) || hidesAt(bytes, i - 1) || hidesAt(bytes, i - 2))) {
                return true;
            }
        }
        return false;
    }

    private boolean hidesAt(byte[] bytes, int at) {
        return switch (at < 0 ? 0 : bytes[at]) {
            case '\\' -> hasEscape(bytes, at);
            case (byte) 0xC4 -> hasOtherCases && (at(bytes, at + 1) & ~1) == 0xB0;
            case (byte) 0xC5 -> hasOtherCases && at(bytes, at + 1) == 0xBF;
            case (byte) 0xE2 ->
                    hasOtherCases && at(bytes, at + 1) == 0x84 && at(bytes, at + 2) == 0xAA;
            default -> false;
        };
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }

    /// Whether an escape stands for a letter or a mark. Control characters, which are written with
    /// escapes, are neither.
    private boolean hasEscape(byte[] bytes, int at) {
        if (at(bytes, at + 1) != 'u') {
            return false;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 2 + ESCAPE_DIGITS; i++) {
            int digit = Character.digit(at(bytes, i), 16);
            if (digit < 0) {
                return false;
            }
            unit = unit * 16 + digit;
        }
        return unit >= ' ' && (unit < 0x80 || !isAscii || OTHER_CASES.indexOf(unit) >= 0);
    }

    /// Whether Markdown contains the text, with any marks in between.
    private boolean containsWithMarks(byte[] bytes) {
        boolean link = false;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '&' && at(bytes, i + 1) == '#') {
                return true;
            } else if (b == ']' && at(bytes, i + 1) == '(') {
                link = true;
            } else if (b == ')' && link && isLetter(at(bytes, skipMarks(bytes, i + 1)))) {
                // What is before the address of a link may continue here.
                return true;
            } else if (folded(b) == sought[0] && isAtWithMarks(bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAtWithMarks(byte[] bytes, int from) {
        int at = from;
        for (byte b : sought) {
            at = skipMarks(bytes, at);
            if (at >= bytes.length || folded(bytes[at]) != b) {
                return false;
            }
            at++;
        }
        return true;
    }

    private static int skipMarks(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length
                && (IS_MARK[bytes[at] & 0xFF]
                        || (bytes[at] == ' '
                                && (bytes[at - 1] == '`' || at(bytes, at + 1) == '`')))) {
            at++;
        }
        return at;
    }

    private static boolean isLetter(int b) {
        return b >= 0x80 || RequiredText.isAsciiWord(b);
    }
}
