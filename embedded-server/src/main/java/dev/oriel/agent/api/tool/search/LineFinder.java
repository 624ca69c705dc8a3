package dev.oriel.agent.api.tool.search;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/// Finds matching lines in a block of whole lines, UTF-8 bytes. For one thread.
final class LineFinder {
    private final RustPattern pattern;
    private final ByteLiteral literal;
    private final HitLimits limits;
    private final Matcher ascii;
    private final Matcher unicode;

    private byte[] bytes = {};
    private int end;
    private boolean isAscii;
    private boolean inWhole;

    LineFinder(RustPattern pattern, boolean ignoreCase, HitLimits limits) {
        this.pattern = pattern;
        this.literal = ByteLiteral.of(pattern.literal(), ignoreCase);
        this.limits = limits;
        this.ascii = pattern.matcher(true);
        this.unicode = pattern.matcher(false);
    }

    /// Whether nothing can match in a block.
    boolean isWithout(byte[] text, int from, int to) {
        return !literal.isEmpty() && literal.find(text, from, to) < 0;
    }

    /// Sets the block; it must not change while it is searched.
    void reset(byte[] text, int from, int to) {
        bytes = text;
        end = to;
        isAscii = literal.isEmpty() && isAscii(text, from, to);
        inWhole = isAscii && !pattern.mayCrossLines();
        if (inWhole) {
            ascii.reset(
                    new WatchedText(new String(text, 0, to, StandardCharsets.ISO_8859_1), limits));
        }
    }

    /// @param from start of a line
    /// @return the start of the next matching line; -1 if there is none
    int next(int from) {
        int at = from;
        while (at < end) {
            int line = candidate(at);
            if (line < 0) {
                return -1;
            }
            int lineEnd = lineEnd(line);
            if (inWhole || matches(line, lineEnd)) {
                return line;
            }
            at = lineEnd + 1;
        }
        return -1;
    }

    private int candidate(int from) {
        int found = from;
        if (inWhole) {
            found = ascii.find(from) ? ascii.start() : -1;
            // After the last line's end there is no line.
            found = found == end && found > 0 && bytes[found - 1] == '\n' ? -1 : found;
        } else if (!literal.isEmpty()) {
            found = literal.find(bytes, from, end);
        }
        return found < 0 ? -1 : lineStart(found, from);
    }

    private boolean matches(int start, int lineEnd) {
        limits.check();
        return matcher(start, lineEnd).find();
    }

    /// A matcher of one line.
    Matcher matcher(int start, int lineEnd) {
        boolean plain = isAscii || isAscii(bytes, start, lineEnd);
        Matcher matcher = plain ? ascii : unicode;
        String line = text(bytes, start, lineEnd);
        if (inWhole) {
            return pattern.matcher(plain).reset(new WatchedText(line, limits));
        }
        return matcher.reset(new WatchedText(line, limits));
    }

    /// @return the position of the line's `\n`, or the end of the block
    int lineEnd(int from) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private int lineStart(int at, int least) {
        int start = at;
        while (start > least && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
