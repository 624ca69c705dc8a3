package dev.oriel.agent.api.permission;

import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The folders that an agent may use without asking: the session's folder and those that were
/// added; and the patterns of rules, which depend on folders. Thread-safe.
final class PermissionFolders {
    private static final int MAX_PATTERNS = 5_000;

    private final Path folder;
    private final Path home;
    private final Path privateFolder;
    private final ProtectedPaths protectedPaths;
    private final List<Path> added = new CopyOnWriteArrayList<>();
    private volatile Configured configured = new Configured(List.of(), List.of());

    /// Patterns of rules: making one takes longer than matching it.
    private final Map<PermissionRule, PathPattern> paths = new ConcurrentHashMap<>();

    private final Map<String, CommandPattern> commands = new ConcurrentHashMap<>();

    private record Configured(List<String> texts, List<Path> folders) {}

    /// @param folder the session's folder
    /// @param privateFolder the agent's own files, which it may read
    /// @param data the folder of Oriel's own files
    PermissionFolders(Path folder, Path home, Path privateFolder, Path data) {
        this.folder = real(folder);
        this.home = real(home);
        this.privateFolder = real(privateFolder);
        this.protectedPaths = new ProtectedPaths(real(data));
    }

    private static Path real(Path path) {
        try {
            return RealPath.of(path.toAbsolutePath());
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    ProtectedPaths protectedPaths() {
        return protectedPaths;
    }

    /// @return null if the path cannot be judged
    @Nullable JudgedPath judge(String text) {
        return JudgedPath.of(folder, home, text);
    }

    PathPattern pattern(PermissionRule rule) {
        bound(paths);
        return paths.computeIfAbsent(
                rule,
                r ->
                        new PathPattern(
                                r.content() == null ? "**" : r.content(),
                                r.base(),
                                folder,
                                home,
                                PathPattern.FOLDS
                                        && r.behavior() != PermissionRule.Behavior.ALLOW));
    }

    /// @param content of a rule of a shell
    CommandPattern command(String content) {
        bound(commands);
        return commands.computeIfAbsent(content, CommandPattern::new);
    }

    private static void bound(Map<?, ?> patterns) {
        if (patterns.size() > MAX_PATTERNS) {
            patterns.clear();
        }
    }

    boolean contains(JudgedPath path) {
        return path.isIn(folder)
                || path.isIn(privateFolder)
                || added.stream().anyMatch(path::isIn)
                || configured.folders.stream().anyMatch(path::isIn);
    }

    /// Replaces the folders of settings files. What is no path is left out.
    ///
    /// @param texts absolute, relative to the session's folder, or beginning with `~/`
    void configure(List<String> texts) {
        if (!texts.equals(configured.texts)) {
            List<Path> folders = new ArrayList<>();
            for (String text : texts) {
                JudgedPath path = text.isBlank() ? null : judge(text);
                if (path != null) {
                    folders.add(path.real());
                }
            }
            configured = new Configured(texts, folders);
        }
    }

    /// @return false if the text is no path
    boolean add(String text) {
        try {
            added.add(real(folder.resolve(text)));
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    void remove(String text) {
        try {
            added.remove(real(folder.resolve(text)));
        } catch (InvalidPathException e) {
            // Was never added.
        }
    }
}
