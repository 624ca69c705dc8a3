package dev.oriel.client.compat;

import java.util.ArrayList;
import java.util.List;

/// Puts lines together that came in pieces, several at once, or both. Not thread-safe.
final class LineAssembler {
    private static final int LONGEST = 64 * 1024 * 1024;

    private final StringBuilder rest = new StringBuilder();

    /// @return the lines that are whole now, without their line breaks and without blank ones
    List<String> add(String chunk) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', from)) {
            rest.append(chunk, from, at);
            take(lines);
            from = at + 1;
        }
        rest.append(chunk, from, chunk.length());
        if (rest.length() > LONGEST) {
            // No line of the CLI is so long; whatever this is, it must not fill the memory.
            rest.setLength(0);
        }
        return lines;
    }

    /// Whether a line has begun and not ended.
    boolean open() {
        return !rest.isEmpty();
    }

    /// What is left when nothing more will come.
    List<String> end() {
        List<String> lines = new ArrayList<>();
        take(lines);
        return lines;
    }

    private void take(List<String> lines) {
        String line = rest.toString().strip();
        rest.setLength(0);
        if (!line.isEmpty()) {
            lines.add(line);
        }
    }
}
