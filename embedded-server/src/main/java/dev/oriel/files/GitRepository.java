package dev.oriel.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The git repository around a folder. Reads its files, and starts no program, because settings in
/// a repository can make git start others.
///
/// @param root its topmost folder
/// @param metadata the folder with its `info/exclude`
public record GitRepository(Path root, Path metadata) {
    /// Bytes of a `.git` file that names another folder.
    private static final int MAX_POINTER = 4_096;

    /// Finds the repository.
    ///
    /// @return null if the folder is in none
    public static @Nullable GitRepository find(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return new GitRepository(at, git);
            }
            if (Files.isRegularFile(git)) {
                return new GitRepository(at, commonFolder(at, git));
            }
        }
        return null;
    }

    /// A `.git` file of a worktree or submodule names its folder, which may name the one of the
    /// whole repository.
    private static Path commonFolder(Path root, Path file) {
        String own = pointer(file);
        if (!own.startsWith("gitdir:")) {
            return file;
        }
        Path folder = resolve(root, own.substring("gitdir:".length()).strip());
        String common = pointer(folder.resolve("commondir"));
        return common.isEmpty() ? folder : resolve(folder, common);
    }

    private static String pointer(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_POINTER
                    ? Files.readString(file).strip()
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Path resolve(Path from, String name) {
        try {
            return from.resolve(name).normalize();
        } catch (InvalidPathException e) {
            return from;
        }
    }

    /// Where git reads the user's own rules, unless a setting names another file.
    public static Path userRules() {
        String config = System.getenv("XDG_CONFIG_HOME");
        Path folder =
                config == null || config.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(config);
        return folder.resolve("git").resolve("ignore");
    }

    /// The rules that hold in a folder of the repository, without those of its own `.gitignore`.
    ///
    /// @param userRules the file of the user's own rules; null for none
    public IgnoreRules rulesAround(Path folder, @Nullable Path userRules) {
        IgnoreRules rules = IgnoreRules.NONE;
        if (userRules != null) {
            rules = rules.withFile(userRules);
        }
        rules = rules.withFile(metadata.resolve("info").resolve("exclude"));
        String base = "";
        Path at = root;
        for (Path part : root.relativize(folder)) {
            if (!at.equals(folder)) {
                rules = rules.withFileOf(base, at.resolve(".gitignore"));
            }
            if (!part.toString().isEmpty()) {
                base += part + "/";
                at = at.resolve(part);
            }
        }
        return rules;
    }
}
