package dev.oriel.app.composer.complete;

import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.client.FileMatches;
import dev.oriel.client.FileMatches.FileMatch;
import java.util.ArrayList;
import java.util.List;

/// Makes rows of the files that the server has found. Pure.
public final class FileCompletions {
    private FileCompletions() {}

    /// @param quoted whether the path is written in quotation marks already
    static FoundCompletions of(FileMatches found, boolean quoted) {
        List<Completion> rows = new ArrayList<>();
        for (FileMatch match : found.files()) {
            rows.add(row(match, quoted));
        }
        String note;
        if (found.indexing()) {
            note = rows.isEmpty() ? "Indexing the folder…" : "Still indexing the folder…";
        } else if (rows.isEmpty()) {
            note = "No file or folder matches";
        } else {
            note = found.incomplete() ? "The folder is too large: not all files are known" : "";
        }
        return new FoundCompletions(rows, note);
    }

    private static Completion row(FileMatch match, boolean quoted) {
        String path = match.path();
        int end = match.folder() ? path.length() - 1 : path.length();
        int nameStart = path.lastIndexOf('/', end - 1) + 1;
        List<Integer> inName = new ArrayList<>();
        List<Integer> inFolder = new ArrayList<>();
        for (int at : match.matched()) {
            if (at >= nameStart) {
                inName.add(at - nameStart);
            } else {
                inFolder.add(at);
            }
        }
        return new Completion(
                match.folder() ? Completion.Kind.FOLDER : Completion.Kind.FILE,
                path.substring(nameStart),
                inName,
                path.substring(0, nameStart),
                inFolder,
                "",
                mention(path, match.folder(), quoted),
                "",
                null);
    }

    /// How the agent is told about a file. The CLI reads `@path`, and `@"path"` with spaces. A
    /// folder is left open, so that the picker continues in it. A name that ends neither form, with
    /// a quotation mark or a line break, is written as code, and the agent reads it by a tool.
    ///
    /// @param folder whether it is a folder that is left open
    /// @param quoted whether quotation marks are used in any case
    public static String mention(String path, boolean folder, boolean quoted) {
        if (path.chars().anyMatch(c -> c == '"' || Character.isISOControl(c))) {
            return ItemMarkdown.codeSpan(path) + " ";
        }
        boolean quotes = quoted || path.chars().anyMatch(FileCompletions::endsMention);
        String open = quotes ? "@\"" + path : "@" + path;
        if (folder) {
            return open;
        }
        return quotes ? open + "\" " : open + " ";
    }

    private static boolean endsMention(int c) {
        return Character.isWhitespace(c) || "\"'`,;()[]{}<>|".indexOf(c) >= 0;
    }
}
