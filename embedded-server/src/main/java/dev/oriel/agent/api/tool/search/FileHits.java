package dev.oriel.agent.api.tool.search;

import java.nio.file.Path;
import java.util.List;

/// What a search found in one file. Immutable.
///
/// @param modified time of modification, milliseconds since 1970
/// @param count matching lines; matches if they may contain line ends
/// @param lines in order; empty unless the content is wanted
record FileHits(Path file, long modified, long count, List<Line> lines) {
    FileHits {
        lines = List.copyOf(lines);
    }

    /// @param number from 1; 0 for a note about the file
    /// @param isMatch whether it is a match, or context
    /// @param text without its line end
    record Line(long number, boolean isMatch, String text) {}
}
