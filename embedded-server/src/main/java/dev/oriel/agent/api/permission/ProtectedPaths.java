package dev.oriel.agent.api.permission;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// Files that make other programs run something, or hold keys. Changing them always asks.
final class ProtectedPaths {
    private static final Set<String> FOLDERS =
            Set.of(
                    ".git",
                    ".claude",
                    ".vscode",
                    ".idea",
                    ".husky",
                    ".ssh",
                    ".gnupg",
                    ".cursor",
                    ".devcontainer");
    private static final Set<String> FILES =
            Set.of(
                    ".mcp.json",
                    ".gitconfig",
                    ".gitmodules",
                    ".bashrc",
                    ".bash_aliases",
                    ".bash_logout",
                    ".zlogout",
                    ".kshrc",
                    ".cshrc",
                    ".tcshrc",
                    ".inputrc",
                    ".netrc",
                    ".yarnrc",
                    ".yarnrc.yml",
                    ".pnpmfile.cjs",
                    ".pre-commit-config.yaml",
                    ".bash_profile",
                    ".bash_login",
                    ".profile",
                    ".zshrc",
                    ".zshenv",
                    ".zprofile",
                    ".zlogin",
                    ".envrc",
                    ".npmrc",
                    ".ripgreprc");
    private final Path data;

    /// @param data the folder of Oriel's own files
    ProtectedPaths(Path data) {
        this.data = data;
    }

    boolean contains(JudgedPath path) {
        return isProtected(path.given()) || isProtected(path.real());
    }

    private boolean isProtected(Path path) {
        if (path.startsWith(data)) {
            return true;
        }
        for (Path name : path) {
            if (FOLDERS.contains(plain(name))) {
                return true;
            }
        }
        Path last = path.getFileName();
        return last != null && FILES.contains(plain(last));
    }

    /// A name as file systems that ignore case, invisible characters or a final dot compare it.
    private static String plain(Path name) {
        String text =
                Normalizer.normalize(name.toString(), Normalizer.Form.NFKC)
                        .replaceAll("\\p{Cf}", "")
                        .replaceAll("(?<=.)[. ]+$", "")
                        .toLowerCase(Locale.ROOT);
        return text.equals("git~1") ? ".git" : text;
    }
}
