package dev.oriel.app.rewind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What restoring the files of an earlier moment would change.
public sealed interface FilePreview {
    /// The agent was asked.
    record Loading() implements FilePreview {}

    /// Files would change.
    ///
    /// @param files their paths, on the server's computer
    /// @param insertions number of lines that would be added
    /// @param deletions number of lines that would be removed
    record Changes(List<String> files, int insertions, int deletions) implements FilePreview {
        public Changes {
            files = List.copyOf(files);
        }
    }

    /// The files are as they were.
    record NoChanges() implements FilePreview {}

    /// The files cannot be restored.
    ///
    /// @param reason a sentence for the user
    record Unavailable(String reason) implements FilePreview {}

    /// Reads the response to `rewind_files` with `dry_run`: `{"canRewind": bool, "error"?,
    /// "filesChanged"?: [path, …], "insertions"?, "deletions"?}`.
    static FilePreview fromJson(JsonNode response) {
        if (!response.path("canRewind").asBoolean()) {
            String error = response.path("error").asText("");
            return new Unavailable(
                    error.isBlank() ? "Claude kept no copies of files for this prompt." : error);
        }
        List<String> files = new ArrayList<>();
        response.path("filesChanged").forEach(f -> files.add(f.asText()));
        return files.isEmpty()
                ? new NoChanges()
                : new Changes(
                        files,
                        response.path("insertions").asInt(),
                        response.path("deletions").asInt());
    }
}
