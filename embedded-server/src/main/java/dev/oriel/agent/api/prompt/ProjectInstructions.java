package dev.oriel.agent.api.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Instructions for the model that the user and the project keep in files: `~/.claude/CLAUDE.md`,
/// and `CLAUDE.md` or `AGENTS.md` of the folder and of those above it. Immutable.
///
/// A line of them can name further files, `@docs/style.md`. What a project names must be in the
/// project: otherwise a project from somewhere else could have any file of the user sent to the
/// API.
///
/// @param files in the order in which they are read, the most general ones first
public record ProjectInstructions(List<Entry> files) {
    static final int MAX_FILE = 64 * 1024;
    static final int MAX_ALL = 192 * 1024;
    static final int MAX_IMPORTS = 5;
    static final int MAX_FILES = 50;
    private static final int MAX_PARENTS = 30;

    /// In a folder the files of the first line count, or those of the second if there are none.
    private static final List<List<String>> NAMES =
            List.of(
                    List.of("CLAUDE.md", ".claude/CLAUDE.md", "CLAUDE.local.md"),
                    List.of("AGENTS.md"));

    private static final Pattern IMPORT = Pattern.compile("(?<![\\w@`/])@((?:[^\\s`\\\\]|\\\\ )+)");
    private static final Pattern SENTENCE_END = Pattern.compile("[.,;:!?)\\]]+$");
    private static final Pattern CODE =
            Pattern.compile("(?ms)^(```|~~~).*?^\\1[^\\n]*$|`[^`\\n]*`");

    public ProjectInstructions {
        files = List.copyOf(files);
    }

    /// A file with instructions.
    ///
    /// @param isUsers whether it is the user's own, for all projects
    public record Entry(Path file, boolean isUsers, String text) {}

    /// Reads the files that exist now. Blocks.
    ///
    /// @param folder the session's folder
    /// @param home the user's home folder
    public static ProjectInstructions read(Path folder, Path home) {
        Reader reader = new Reader(home);
        reader.addUsers();
        List<Path> project = folders(folder, home);
        project.forEach(each -> reader.addFolder(each, project.getFirst()));
        return new ProjectInstructions(reader.entries);
    }

    /// The text for the model; empty if there are no instructions.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Entry e : files) {
            text.append(text.isEmpty() ? "" : "\n\n")
                    .append("Contents of ")
                    .append(e.file())
                    .append(
                            e.isUsers()
                                    ? " (the user's instructions for all projects):\n\n"
                                    : " (instructions of the project):\n\n")
                    .append(e.text().strip());
        }
        return text.toString();
    }

    /// The folder and those above it that belong to the same project or to the same user, the
    /// topmost first. Without a repository the user's home folder, and what is not in it, is no
    /// project: in a folder such as `/tmp` anybody can leave instructions.
    public static List<Path> folders(Path folder, Path home) {
        List<Path> folders = new ArrayList<>();
        List<Path> untilHome = new ArrayList<>();
        Path each = folder.toAbsolutePath().normalize();
        boolean inHome = each.startsWith(home) && !each.equals(home);
        for (int i = 0; each != null && i < MAX_PARENTS; i++) {
            if (!BoundedFiles.haveSameOwner(each, folder)) {
                break;
            }
            folders.addFirst(each);
            if (Files.exists(each.resolve(".git"))) {
                return folders;
            }
            if (inHome && !each.equals(home) && each.startsWith(home)) {
                untilHome.addFirst(each);
            }
            each = each.getParent();
        }
        return untilHome.isEmpty() ? List.of(folder) : untilHome;
    }

    private static final class Reader {
        private final Path home;
        private final List<Entry> entries = new ArrayList<>();
        private final Set<Path> seen = new HashSet<>();
        private int size;

        Reader(Path home) {
            this.home = home;
        }

        void addUsers() {
            Path file = home.resolve(".claude").resolve("CLAUDE.md");
            add(file, List.of(home), true, 0);
        }

        void addFolder(Path folder, Path project) {
            List<Path> roots = List.of(project);
            for (List<String> names : NAMES) {
                int before = entries.size();
                names.forEach(n -> add(folder.resolve(n), roots, false, 0));
                if (entries.size() > before) {
                    return;
                }
            }
        }

        private void add(Path file, List<Path> roots, boolean isUsers, int depth) {
            Path real = BoundedFiles.real(file);
            if (real == null
                    || entries.size() >= MAX_FILES
                    || !isAllowed(real, roots, isUsers)
                    || !seen.add(real)) {
                return;
            }
            BoundedFiles.Text text;
            try {
                text = BoundedFiles.read(real, Math.min(MAX_FILE, MAX_ALL - size));
            } catch (IOException _) {
                return; // as if it did not exist
            }
            if (text == null || text.text().isBlank()) {
                return;
            }
            size += text.text().length();
            String note = text.isCut() ? "\n[the rest of this file is too long]" : "";
            entries.add(new Entry(file, isUsers, text.text() + note));
            if (depth < MAX_IMPORTS) {
                addImports(text.text(), file, roots, isUsers, depth + 1);
            }
        }

        private void addImports(
                String text, Path from, List<Path> roots, boolean isUsers, int depth) {
            Matcher named = IMPORT.matcher(CODE.matcher(text).replaceAll(" "));
            while (named.find()) {
                String name = named.group(1).replace("\\ ", " ");
                Path file = resolve(name, from);
                if (file == null || Files.notExists(file)) {
                    file = resolve(SENTENCE_END.matcher(name).replaceFirst(""), from);
                }
                if (file != null) {
                    add(file, roots, isUsers, depth);
                }
            }
        }

        private @Nullable Path resolve(String name, Path from) {
            try {
                Path file =
                        name.startsWith("~/")
                                ? home.resolve(name.substring(2))
                                : from.resolveSibling(name);
                return file.normalize();
            } catch (InvalidPathException _) {
                return null; // not the name of a file
            }
        }

        /// Nothing hidden in the home folder, where keys are, except Markdown of the user's own
        /// settings.
        private boolean isAllowed(Path real, List<Path> roots, boolean isUsers) {
            Path realHome = BoundedFiles.real(home);
            Path claude = realHome == null ? null : realHome.resolve(".claude");
            if (claude != null && real.startsWith(claude)) {
                return real.toString().endsWith(".md");
            }
            if (isUsers && realHome != null) {
                return real.startsWith(realHome)
                        && !realHome.relativize(real).toString().startsWith(".");
            }
            return roots.stream().anyMatch(r -> BoundedFiles.isInside(real, r));
        }
    }
}
