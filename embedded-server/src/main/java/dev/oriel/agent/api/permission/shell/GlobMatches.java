package dev.oriel.agent.api.permission.shell;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files that a pattern of bash matches now. Rather more than fewer: hidden files too, and
/// anything in place of brackets, whose meaning depends on the language.
final class GlobMatches {
    private static final int MAX_MATCHES = 1000;

    private GlobMatches() {}

    /// @param glob a word without its quotes; only its last name may contain `*`, `?` or `[`
    /// @return absolute paths, the folder among them
    /// @throws UnclearException if the matches cannot be found, or one would be taken for an option
    static List<String> of(String glob, Path cwd) throws UnclearException {
        int slash = glob.lastIndexOf('/');
        String folderText = slash < 0 ? "" : glob.substring(0, slash + 1);
        String name = glob.substring(slash + 1);
        if (folderText.matches(".*[*?\\[].*")
                || glob.contains("**")
                || glob.startsWith("~")
                || glob.indexOf('\\') >= 0) {
            throw new UnclearException("The command contains a pattern that cannot be judged.");
        }
        Path folder = cwd.resolve(folderText);
        List<String> matches = new ArrayList<>();
        matches.add(folder.toString());
        if (name.startsWith(".")) {
            matches.add(folder.resolve("..").toString()); // is matched too
        }
        int bracket = name.indexOf('[');
        String wider = bracket < 0 ? name : name.substring(0, bracket) + "*";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, wider)) {
            for (Path entry : entries) {
                if (slash < 0 && entry.getFileName().toString().startsWith("-")) {
                    throw new UnclearException("The name of a file would be taken for an option.");
                }
                matches.add(entry.toString());
                if (matches.size() > MAX_MATCHES) {
                    throw new UnclearException("The command contains a pattern with many matches.");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(folder.toString()); // matches nothing
        }
        return matches;
    }
}
