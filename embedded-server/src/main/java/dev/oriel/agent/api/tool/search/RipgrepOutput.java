package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.tool.search.FileHits.Line;
import dev.oriel.agent.api.tool.search.SearchQuery.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the output of ripgrep with the option `--null`.
final class RipgrepOutput {
    /// A line that is longer is cut.
    private static final int MAX_LINE = 1 << 16;

    private static final String BINARY = ": WARNING: stopped searching binary file";
    private static final String BINARY_14 = ": binary file matches";

    private final SearchQuery query;
    private final InputStream in;
    private final HitLimits limits;
    private final Map<String, List<Line>> lines = new LinkedHashMap<>();

    RipgrepOutput(SearchQuery query, InputStream in, HitLimits limits) {
        this.query = query;
        this.in = in;
        this.limits = limits;
    }

    /// @return the files until the end of the output, or until a limit
    List<FileHits> read() throws IOException {
        return switch (query.mode()) {
            case FILES -> readNames();
            case COUNT -> readCounts();
            case CONTENT -> readLines();
        };
    }

    private List<FileHits> readNames() throws IOException {
        List<FileHits> files = new ArrayList<>();
        for (String name = until('\0'); name != null; name = until('\0')) {
            add(files, name, 1, List.of());
        }
        return files;
    }

    private List<FileHits> readCounts() throws IOException {
        List<FileHits> files = new ArrayList<>();
        for (String name = until('\0'); name != null; name = until('\0')) {
            String count = until('\n');
            if (count == null || !count.matches("[0-9]{1,18}")) {
                break;
            }
            add(files, name, Long.parseLong(count), List.of());
        }
        return files;
    }

    private List<FileHits> readLines() throws IOException {
        for (String line = until('\n'); line != null; line = until('\n')) {
            int nul = line.indexOf('\0');
            if (nul >= 0) {
                if (!addLine(line.substring(0, nul), line.substring(nul + 1))) {
                    break;
                }
            } else {
                dropBinary(line);
            }
        }
        List<FileHits> files = new ArrayList<>();
        for (Map.Entry<String, List<Line>> file : lines.entrySet()) {
            long count = file.getValue().stream().filter(Line::isMatch).count();
            add(files, file.getKey(), count, file.getValue());
        }
        return files;
    }

    private boolean addLine(String name, String rest) {
        int digits = 0;
        while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 18 || digits == rest.length()) {
            return true;
        }
        String text = rest.substring(digits + 1);
        lines.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(
                        new Line(
                                Long.parseLong(rest.substring(0, digits)),
                                rest.charAt(digits) == ':',
                                text));
        return limits.add(text.length());
    }

    /// Binary files are left out, also if something was found before that was known.
    private void dropBinary(String line) {
        int at = Math.max(line.indexOf(BINARY), line.indexOf(BINARY_14));
        if (at > 0) {
            lines.remove(line.substring(0, at));
        }
    }

    private void add(List<FileHits> files, String name, long count, List<Line> content) {
        try {
            Path file = Path.of(name);
            long modified = 0;
            if (query.mode() == Mode.FILES) {
                modified = Files.getLastModifiedTime(file).toMillis();
            }
            files.add(new FileHits(file, modified, count, content));
        } catch (InvalidPathException | IOException e) {
            limits.reach(); // deleted meanwhile, or not a name in the system's encoding
        }
    }

    private @Nullable String until(int end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != end) {
            if (bytes.size() < MAX_LINE) {
                bytes.write(b);
            }
            b = in.read();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
