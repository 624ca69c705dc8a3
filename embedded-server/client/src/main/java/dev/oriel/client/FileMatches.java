package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Files and folders that match a query.
///
/// @param files best first
/// @param indexing whether the server still looks for files, so that a later query may find more
/// @param incomplete whether the folder has more files than the server lists
public record FileMatches(List<FileMatch> files, boolean indexing, boolean incomplete) {
    /// A file or folder.
    ///
    /// @param path relative to the folder of the session, with `/` between its parts; that of a
    ///   folder ends with `/`
    /// @param matched positions in the path of the characters of the query, ascending
    public record FileMatch(String path, List<Integer> matched) {
        /// Copies the list.
        public FileMatch {
            matched = List.copyOf(matched);
        }

        /// Whether it is a folder.
        ///
        /// @return whether the path ends with `/`
        public boolean folder() {
            return path.endsWith("/");
        }
    }

    /// Copies the list.
    public FileMatches {
        files = List.copyOf(files);
    }

    /// Reads a reply of the server.
    ///
    /// @param reply `{"files":[{"path", "matched"}], "indexing"?, "incomplete"?}`
    /// @return what it contains
    public static FileMatches fromJson(JsonNode reply) {
        List<FileMatch> files = new ArrayList<>();
        for (JsonNode file : reply.path("files")) {
            String path = file.path("path").asText("");
            List<Integer> matched = new ArrayList<>();
            for (JsonNode at : file.path("matched")) {
                if (at.isInt() && at.intValue() >= 0 && at.intValue() < path.length()) {
                    matched.add(at.intValue());
                }
            }
            if (!path.isEmpty()) {
                files.add(new FileMatch(path, matched));
            }
        }
        return new FileMatches(
                files,
                reply.path("indexing").asBoolean(false),
                reply.path("incomplete").asBoolean(false));
    }
}
