package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.tool.search.FileHits.Line;
import dev.oriel.agent.api.tool.search.SearchQuery.Mode;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Searches one file after the other, in blocks of whole lines. For one thread.
final class BlockSearch {
    private static final int BLOCK = 4 << 20;

    /// A line, or with `multiline` a file, that is longer is not searched.
    private static final int MAX_BLOCK = 8 << 20;

    /// A file with a NUL in its beginning is binary.
    private static final int BINARY_PREFIX = 64 * 1024;

    private static final int MAX_COLUMNS = 500;

    private final SearchQuery query;
    private final RustPattern pattern;
    private final LineFinder finder;
    private final HitLimits limits;

    private byte[] buffer = new byte[64 * 1024];
    private final List<Line> lines = new ArrayList<>();
    private long count;
    private long number; // of the line at the position `counted`
    private int counted;
    private int emitted; // end of the lines that were added
    private int afterLeft;

    BlockSearch(SearchQuery query, RustPattern pattern, HitLimits limits) {
        this.query = query;
        this.pattern = pattern;
        this.limits = limits;
        this.finder = new LineFinder(pattern, query.ignoreCase(), limits);
    }

    /// @param size bytes, as far as is known
    /// @param isExplicit whether the user named the file: binary ones are searched then
    /// @return null if it contains no match
    @Nullable FileHits search(Path file, long size, long modified, boolean isExplicit)
            throws IOException {
        lines.clear();
        count = 0;
        number = 1;
        counted = 0;
        emitted = 0;
        afterLeft = 0;
        boolean searched;
        try (InputStream in = new FileInputStream(file.toFile())) {
            searched = search(in, size, isExplicit);
        }
        return !searched || count == 0 ? null : new FileHits(file, modified, count, lines);
    }

    private boolean search(InputStream in, long size, boolean isExplicit) throws IOException {
        int wanted = (int) Math.min(size + 1, query.multiline() ? MAX_BLOCK : BLOCK);
        if (buffer.length < wanted) {
            buffer = new byte[wanted];
        }
        int length = fill(in, 0);
        int start = startsWith(0xef, 0xbb, 0xbf) && length >= 3 ? 3 : 0;
        Charset wide = length < 2 ? null : wideCharset();
        if (wide != null) {
            return searchWide(in, length, wide, isExplicit);
        }
        if (!mayMatch(start, length) && length < buffer.length) {
            return false;
        }
        int nul = indexOfNul(0, Math.min(length, BINARY_PREFIX));
        if (nul >= 0 && !isExplicit) {
            return false;
        }
        counted = start;
        emitted = start;
        searchBlocks(in, start, length, isExplicit);
        if (nul >= 0 && count > 0 && query.mode() == Mode.CONTENT) {
            lines.add(
                    new Line(
                            0,
                            true,
                            "binary file matches (found \"\\0\" byte around offset " + nul + ")"));
        }
        return true;
    }

    private boolean mayMatch(int from, int to) {
        return query.multiline() || !finder.isWithout(buffer, from, to);
    }

    private boolean searchWide(InputStream in, int read, Charset charset, boolean isExplicit)
            throws IOException {
        int length = read;
        while (length == buffer.length) {
            if (length >= MAX_BLOCK) {
                limits.reach();
                return false;
            }
            buffer = Arrays.copyOf(buffer, length * 2);
            length = fill(in, length);
        }
        byte[] text = new String(buffer, 2, length - 2, charset).getBytes(StandardCharsets.UTF_8);
        buffer = text.length == 0 ? new byte[1] : text;
        if (indexOfNul(0, text.length) >= 0 && !isExplicit) {
            return false;
        }
        searchBlocks(InputStream.nullInputStream(), 0, text.length, isExplicit);
        return true;
    }

    private @Nullable Charset wideCharset() {
        if (startsWith(0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(0xfe, 0xff) ? StandardCharsets.UTF_16BE : null;
    }

    private boolean startsWith(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if ((buffer[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void searchBlocks(InputStream in, int start, int read, boolean isExplicit)
            throws IOException {
        int from = start;
        int length = read;
        while (true) {
            boolean last = length < buffer.length;
            int end = last ? length : lastLineEnd(from, length);
            if (end == from && !last) { // a line or file that is longer than the buffer
                if (buffer.length >= MAX_BLOCK) {
                    limits.reach();
                    return;
                }
                buffer = Arrays.copyOf(buffer, Math.min(MAX_BLOCK, buffer.length * 2));
                length = fill(in, length);
                continue;
            }
            if (!searchBlock(from, end, isExplicit) || last || limits.isReached()) {
                return;
            }
            int keep = Math.max(emitted, back(end, query.before()));
            countTo(keep);
            System.arraycopy(buffer, keep, buffer, 0, length - keep);
            counted -= keep;
            emitted = Math.max(0, emitted - keep);
            from = end - keep;
            length = fill(in, length - keep);
        }
    }

    /// With `multiline`, a block is the whole file.
    private int lastLineEnd(int from, int length) {
        if (query.multiline()) {
            return from;
        }
        int end = length;
        while (end > from && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /// @return whether more is wanted of the file
    private boolean searchBlock(int from, int end, boolean isExplicit) {
        if (query.multiline()) {
            return searchMultiline(from, end);
        }
        if (!finder.isWithout(buffer, from, end)) {
            finder.reset(buffer, from, end);
            for (int line = finder.next(from); line >= 0; ) {
                int lineEnd = finder.lineEnd(line);
                count++;
                if (query.mode() == Mode.FILES) {
                    return isExplicit || indexOfNul(from, line) < 0;
                }
                if (query.mode() == Mode.CONTENT && !addMatch(line, lineEnd)) {
                    return false;
                }
                line = lineEnd + 1 >= end ? -1 : finder.next(lineEnd + 1);
            }
        }
        addAfter(end);
        return true;
    }

    private boolean searchMultiline(int from, int end) {
        String text = LineFinder.text(buffer, from, end);
        Matcher matcher =
                pattern.matcher(text.length() == end - from).reset(new WatchedText(text, limits));
        finder.reset(buffer, from, end);
        int at = from; // position in bytes of `charAt`
        int charAt = 0;
        while (matcher.find()) {
            if (matcher.start() == text.length() && text.endsWith("\n")) {
                break; // after the last line
            }
            count++;
            if (query.mode() == Mode.FILES) {
                return false;
            }
            if (query.mode() == Mode.COUNT) {
                continue;
            }
            at += utf8Length(text, charAt, matcher.start());
            charAt = matcher.start();
            int matchEnd = at + utf8Length(text, matcher.start(), matcher.end());
            if (!addLines(lineStart(at, from), at, Math.max(at, matchEnd - 1))) {
                return false;
            }
        }
        addAfter(end);
        return true;
    }

    private boolean addLines(int first, int matchStart, int last) {
        if (query.onlyMatching()) {
            return addParts(first, matchStart, last + 1);
        }
        for (int line = first; line <= last; ) {
            int lineEnd = finder.lineEnd(line);
            if (line >= emitted && !addMatch(line, lineEnd)) {
                return false;
            }
            line = lineEnd + 1;
        }
        return true;
    }

    /// Adds the parts of a match, one for each line.
    private boolean addParts(int first, int matchStart, int matchEnd) {
        int start = matchStart;
        for (int line = first; line < matchEnd; ) {
            int lineEnd = finder.lineEnd(line);
            countTo(line);
            if (!add(true, start, Math.min(lineEnd, matchEnd))) {
                return false;
            }
            line = lineEnd + 1;
            start = line;
        }
        return true;
    }

    private int lineStart(int at, int least) {
        int start = at;
        while (start > least && buffer[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int utf8Length(String text, int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
    }

    private boolean addMatch(int line, int lineEnd) {
        addAfter(line);
        int before = Math.max(emitted, back(line, query.before()));
        for (int at = before; at < line; ) {
            int end = finder.lineEnd(at);
            countTo(at);
            if (!add(false, at, end)) {
                return false;
            }
            at = end + 1;
        }
        countTo(line);
        emitted = Math.min(lineEnd + 1, buffer.length);
        afterLeft = query.after();
        if (!query.onlyMatching() || query.multiline()) {
            return add(true, line, lineEnd);
        }
        Matcher matcher = finder.matcher(line, lineEnd);
        while (matcher.find()) {
            if (!matcher.group().isEmpty()
                    && !add(true, shortened(matcher.group(), true, matcher.group().length()))) {
                return false;
            }
        }
        return true;
    }

    /// Adds the context after the last match.
    private void addAfter(int limit) {
        while (afterLeft > 0 && emitted < limit) {
            int end = emitted;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            countTo(emitted);
            afterLeft--;
            if (!add(false, emitted, end)) {
                return;
            }
            emitted = end + 1;
        }
    }

    /// The start of the line that is some lines before another.
    private int back(int line, int count) {
        int at = line;
        for (int i = 0; i < count && at > 0; i++) {
            at--;
            while (at > 0 && buffer[at - 1] != '\n') {
                at--;
            }
        }
        return at;
    }

    private void countTo(int position) {
        while (counted < position) {
            if (buffer[counted++] == '\n') {
                number++;
            }
        }
    }

    private boolean add(boolean isMatch, int from, int to) {
        // Ripgrep counts the line end too.
        int length = to - from + (to < buffer.length && buffer[to] == '\n' ? 1 : 0);
        return add(isMatch, shortened(LineFinder.text(buffer, from, to), isMatch, length));
    }

    private boolean add(boolean isMatch, String text) {
        lines.add(new Line(number, isMatch, text));
        return limits.add(text.length());
    }

    /// Long lines are left out, as by ripgrep's option `--max-columns`.
    private static String shortened(String text, boolean isMatch, int length) {
        if (length <= MAX_COLUMNS) {
            return text;
        }
        return isMatch ? "[Omitted long matching line]" : "[Omitted long context line]";
    }

    private int indexOfNul(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private int fill(InputStream in, int from) throws IOException {
        return from + in.readNBytes(buffer, from, buffer.length - from);
    }
}
