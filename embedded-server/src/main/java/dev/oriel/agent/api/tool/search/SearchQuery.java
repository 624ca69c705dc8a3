package dev.oriel.agent.api.tool.search;

import java.nio.file.Path;
import java.util.List;

/// A search for the lines that a regular expression matches. Immutable.
///
/// @param folder the session's folder, to which globs are relative
/// @param path a folder or a regular file, absolute; the files found begin with it
/// @param type name of a type of files; empty for all
/// @param before lines of context before each match
/// @param after lines of context after each match
/// @param onlyMatching whether hits are the matched parts of lines
/// @param multiline whether matches may contain line ends
record SearchQuery(
        String pattern,
        Path folder,
        Path path,
        Mode mode,
        List<String> globs,
        String type,
        int before,
        int after,
        boolean ignoreCase,
        boolean onlyMatching,
        boolean multiline) {

    SearchQuery {
        globs = List.copyOf(globs);
    }

    /// The path from which globs start, to the searched folder: with a slash at the end, or empty.
    String globPrefix() {
        Path from = path.startsWith(folder) ? folder.relativize(path) : path;
        String prefix = from.toString().replace('\\', '/');
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /// The files in which something was found, in no order.
    ///
    /// @param isIncomplete whether the search ended at a limit of time or size
    record Result(List<FileHits> files, boolean isIncomplete) {
        Result {
            files = List.copyOf(files);
        }
    }

    /// What is wanted of each file.
    enum Mode {
        CONTENT("content"),
        FILES("files_with_matches"),
        COUNT("count");

        final String wireName;

        Mode(String wireName) {
            this.wireName = wireName;
        }

        /// @return `FILES` if the name is empty
        static Mode of(String wireName) {
            for (Mode mode : values()) {
                if (mode.wireName.equals(wireName)) {
                    return mode;
                }
            }
            return FILES;
        }
    }
}
