package dev.oriel.agent.api.permission;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What settings files say about permissions: the administrator's, the user's, the project's, the
/// local ones and Oriel's. Files are read again when they have changed. In a folder that is not
/// trusted, what its files allow does not count. Thread-safe.
///
/// Rules and folders of all files count. Of other members that of the first file counts, in this
/// order: the administrator's, the local one, the project's, the user's, Oriel's.
final class SettingsRules implements RuleSource {
    private final List<SettingsFile> managed = new ArrayList<>();
    private final List<SettingsFile> files = new ArrayList<>(); // by precedence, managed ones first
    private final List<String> notices = new ArrayList<>(); // guarded by this
    private final Set<Path> reported = new HashSet<>(); // guarded by this

    /// The rules of this machine.
    SettingsRules(Path folder, Path home, Path data, boolean folderTrusted) {
        this(managedFile(), folder, home, data, folderTrusted);
    }

    /// @param managed the administrator's file, beside which a folder with the same name and `.d`
    ///   can have more of them
    SettingsRules(Path managed, Path folder, Path home, Path data, boolean folderTrusted) {
        this.managed.addAll(managedFiles(managed, folder));
        files.addAll(this.managed);
        files.add(
                new SettingsFile(
                        folder.resolve(".claude/settings.local.json"), folder, folderTrusted));
        files.add(new SettingsFile(folder.resolve(".claude/settings.json"), folder, folderTrusted));
        files.add(new SettingsFile(home.resolve(".claude/settings.json"), home, true));
        files.add(new SettingsFile(data.resolve("permissions.json"), folder, true));
    }

    private static Path managedFile() {
        String os = System.getProperty("os.name", "");
        if (os.startsWith("Mac")) {
            return Path.of("/Library/Application Support/ClaudeCode/managed-settings.json");
        }
        return Path.of(
                os.startsWith("Windows")
                        ? "C:\\Program Files\\ClaudeCode\\managed-settings.json"
                        : "/etc/claude-code/managed-settings.json");
    }

    /// The last file in alphabetical order has the highest precedence.
    private static List<SettingsFile> managedFiles(Path main, Path folder) {
        List<Path> parts = new ArrayList<>();
        String name = main.getFileName().toString().replaceFirst("\\.json$", ".d");
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(main.resolveSibling(name), "[!.]*.json")) {
            found.forEach(parts::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Most machines have no such folder.
        }
        parts.sort(null);
        List<SettingsFile> files = new ArrayList<>();
        parts.reversed().forEach(p -> files.add(new SettingsFile(p, folder, true)));
        files.add(new SettingsFile(main, folder, true));
        return files;
    }

    @Override
    public synchronized List<PermissionRule> rules() {
        files.forEach(SettingsFile::refresh);
        boolean onlyManaged = onlyManaged();
        List<PermissionRule> rules = new ArrayList<>();
        for (SettingsFile file : files) {
            for (PermissionRule rule : file.rules()) {
                if (!onlyManaged
                        || managed.contains(file)
                        || rule.behavior() != PermissionRule.Behavior.ALLOW) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    private boolean onlyManaged() {
        return managed.stream().anyMatch(SettingsFile::onlyManaged);
    }

    @Override
    public synchronized Defaults defaults() {
        files.forEach(SettingsFile::refresh);
        @Nullable String mode = null;
        List<String> folders = new ArrayList<>();
        boolean forbidsBypass = false;
        for (SettingsFile file : files) {
            if (mode == null) {
                mode = file.defaultMode();
            }
            folders.addAll(file.folders());
            forbidsBypass |= file.forbidsBypass();
        }
        return new Defaults(mode, folders, forbidsBypass, onlyManaged());
    }

    @Override
    public synchronized boolean isBroken() {
        return files.stream().anyMatch(f -> f.problem() != null);
    }

    @Override
    public synchronized List<String> takeNotices() {
        for (SettingsFile file : files) {
            if (file.problem() != null && reported.add(file.path())) {
                notices.add(
                        file.path()
                                + " cannot be read ("
                                + file.problem()
                                + "). Until it is repaired, everything that it could deny asks.");
            } else if (file.problem() == null) {
                reported.remove(file.path());
            }
        }
        List<String> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }
}
