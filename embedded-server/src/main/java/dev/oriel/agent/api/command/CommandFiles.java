package dev.oriel.agent.api.command;

import dev.oriel.agent.api.prompt.BoundedFiles;
import dev.oriel.agent.api.prompt.ProjectInstructions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds the files of commands and skills: in `.claude/commands` and `.claude/skills` of the
/// folder, of those above it in the same project, and of the user's home folder. What is nearer to
/// the folder wins. Reads folders; thread-safe.
final class CommandFiles {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_FILES = 500;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");
    private static final String ENDING = ".md";

    private final Path folder;
    private final Path home;

    CommandFiles(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /// @param isUsers whether it is the user's own, not the project's
    record Found(Path file, boolean isSkill, boolean isUsers) {}

    /// The files by the name of their command.
    Map<String, Found> find() {
        Map<String, Found> found = new TreeMap<>();
        List<Path> project = ProjectInstructions.folders(folder, home);
        for (Path each : project.reversed()) {
            if (!each.equals(home)) {
                search(each.resolve(".claude"), project.getFirst(), false, found);
            }
        }
        search(home.resolve(".claude"), home, true, found);
        return found;
    }

    private void search(Path settings, Path root, boolean isUsers, Map<String, Found> to) {
        skills(settings.resolve("skills"), root, isUsers, to);
        commands(settings.resolve("commands"), root, "", 0, isUsers, new HashSet<>(), to);
    }

    private static void skills(Path skills, Path root, boolean isUsers, Map<String, Found> to) {
        for (Path each : entries(skills)) {
            Path file = each.resolve("SKILL.md");
            String name = each.getFileName().toString();
            if (NAME.matcher(name).matches() && isAllowed(file, root)) {
                add(name, new Found(file, true, isUsers), to);
            }
        }
    }

    private static void commands(
            Path commands,
            Path root,
            String prefix,
            int depth,
            boolean isUsers,
            Set<Path> seen,
            Map<String, Found> to) {
        Path real = BoundedFiles.real(commands);
        if (real == null || depth > MAX_DEPTH || !seen.add(real)) {
            return; // links can be in a circle
        }
        for (Path each : entries(commands)) {
            String file = each.getFileName().toString();
            if (file.endsWith(ENDING)) {
                String name = file.substring(0, file.length() - ENDING.length());
                if (NAME.matcher(name).matches() && isAllowed(each, root)) {
                    add(prefix + name, new Found(each, false, isUsers), to);
                }
            } else if (NAME.matcher(file).matches() && Files.isDirectory(each)) {
                commands(each, root, prefix + file + ":", depth + 1, isUsers, seen, to);
            }
        }
    }

    private static void add(String name, Found found, Map<String, Found> to) {
        if (to.size() < MAX_FILES) {
            to.putIfAbsent(name, found);
        }
    }

    /// A link out of the project could have any file of the user sent to the API.
    private static boolean isAllowed(Path file, Path root) {
        Path real = BoundedFiles.real(file);
        return real != null
                && Files.isRegularFile(real)
                && real.toString().endsWith(ENDING)
                && BoundedFiles.isInside(real, root);
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            List<Path> sorted = new ArrayList<>();
            for (Path each : entries) {
                if (sorted.size() >= MAX_FILES) {
                    break;
                }
                sorted.add(each);
            }
            sorted.sort(null);
            return sorted;
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
    }
}
