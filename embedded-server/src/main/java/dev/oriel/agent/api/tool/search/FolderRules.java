package dev.oriel.agent.api.tool.search;

import dev.oriel.files.GitRepository;
import dev.oriel.files.IgnoreRules;
import dev.oriel.files.IgnoreRules.Decision;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of ignored files in one folder, as ripgrep has them: `.rgignore` before `.ignore`
/// before those of git, which hold inside of a repository only. Immutable.
///
/// @param gitPath the folder relative to its repository, with a slash at the end
/// @param path the folder relative to the root of the file system, with a slash at the end
record FolderRules(
        IgnoreRules git, String gitPath, IgnoreRules ignore, IgnoreRules ripgrep, String path) {
    private static final FolderRules EMPTY =
            new FolderRules(IgnoreRules.NONE, "", IgnoreRules.NONE, IgnoreRules.NONE, "");

    /// The rules around a folder, without its own files.
    ///
    /// @param folder its real path
    /// @param userRules the user's own file of ignored patterns; null for none
    static FolderRules around(Path folder, @Nullable Path userRules) {
        FolderRules rules = EMPTY;
        Path at = folder.getRoot();
        for (Path part : folder) {
            rules = rules.withFiles(at, ".ignore", ".rgignore");
            at = at.resolve(part);
            rules = rules.inside(part.toString());
        }
        return rules.inRepository(folder, userRules);
    }

    private FolderRules inRepository(Path folder, @Nullable Path userRules) {
        GitRepository repository = GitRepository.find(folder);
        if (repository == null) {
            return this;
        }
        String relative = repository.root().relativize(folder).toString().replace('\\', '/');
        return new FolderRules(
                repository.rulesAround(folder, userRules),
                relative.isEmpty() ? "" : relative + "/",
                ignore,
                ripgrep,
                path);
    }

    /// The rules of a folder in this one, without its own files.
    FolderRules inside(String name) {
        return new FolderRules(git, gitPath + name + "/", ignore, ripgrep, path + name + "/");
    }

    /// Adds the folder's own files.
    ///
    /// @param names of the folder's entries
    FolderRules withOwn(Path folder, Set<String> names, @Nullable Path userRules) {
        FolderRules rules = this;
        if (!gitPath.isEmpty() && names.contains(".git")) {
            rules = inRepository(folder, userRules); // a repository in another one
        }
        if (names.contains(".gitignore")
                && (rules.git != IgnoreRules.NONE || GitRepository.find(folder) != null)) {
            rules =
                    new FolderRules(
                            rules.git.withFileOf(rules.gitPath, folder.resolve(".gitignore")),
                            rules.gitPath,
                            ignore,
                            ripgrep,
                            path);
        }
        return names.contains(".ignore") || names.contains(".rgignore")
                ? rules.withFiles(folder, ".ignore", ".rgignore")
                : rules;
    }

    private FolderRules withFiles(Path folder, String ignoreName, String ripgrepName) {
        return new FolderRules(
                git,
                gitPath,
                ignore.withFileOf(path, folder.resolve(ignoreName)),
                ripgrep.withFileOf(path, folder.resolve(ripgrepName)),
                path);
    }

    boolean isIgnored(String name, boolean folder) {
        Decision decision = ripgrep.decide(path + name, folder);
        if (decision == Decision.NONE) {
            decision = ignore.decide(path + name, folder);
        }
        if (decision == Decision.NONE) {
            decision = git.decide(gitPath + name, folder);
        }
        return decision == Decision.IGNORED;
    }
}
