package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.JsonNode;

/// One replacement in a text. Immutable.
///
/// @param before with `\n` as its only line end; empty to fill an empty file
/// @param after with `\n` as its only line end
record TextEdit(String before, String after, boolean all) {
    /// @param input with the members of the tool Edit
    static TextEdit of(JsonNode input) {
        return new TextEdit(
                input.path("old_string").asText().replace("\r\n", "\n"),
                input.path("new_string").asText().replace("\r\n", "\n"),
                input.path("replace_all").asBoolean());
    }

    /// @param exists whether there is a file
    /// @throws FileFault if it cannot be applied
    TextFile apply(TextFile file, boolean exists, String missing) throws FileFault {
        if (before.equals(after)) {
            throw FileFault.refused(
                    "No changes to make: old_string and new_string are exactly the same.");
        }
        if (before.isEmpty()) {
            if (!file.raw().isEmpty()) {
                throw FileFault.refused(
                        "Cannot create new file - file already exists. To change it, give the"
                                + " text to replace as old_string.");
            }
            return file.with(after);
        }
        if (!exists) {
            throw FileFault.refused(missing);
        }
        String text = file.text();
        int count = 0;
        for (int at = text.indexOf(before);
                at >= 0;
                at = text.indexOf(before, at + before.length())) {
            count++;
        }
        if (count == 0) {
            throw FileFault.refused("String to replace not found in file.\nString: " + before);
        }
        if (count > 1 && !all) {
            throw FileFault.refused(
                    "Found "
                            + count
                            + " matches of the string to replace, but replace_all is false. To"
                            + " replace all occurrences, set replace_all to true. To replace only"
                            + " one occurrence, please provide more context to uniquely identify"
                            + " the instance.\nString: "
                            + before);
        }
        return file.replace(before, after, all);
    }
}
