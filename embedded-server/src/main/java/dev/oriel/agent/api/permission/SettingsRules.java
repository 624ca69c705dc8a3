package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of settings files: the administrator's, the user's, the project's, the local ones and
/// Oriel's. Files are read again when they have changed. In a folder that is not trusted, the rules
/// of its files that allow do not count. Thread-safe.
final class SettingsRules implements RuleSource {
    private static final int MAX_BYTES = 4 << 20;
    private final List<SettingsFile> files = new ArrayList<>();
    private final List<String> notices = new ArrayList<>(); // guarded by this
    private final Set<Path> reported = new HashSet<>(); // guarded by this

    /// @param trusted whether rules that allow count
    private record Place(Path file, Path base, boolean trusted) {}

    SettingsRules(Path folder, Path home, Path data, boolean folderTrusted) {
        add(new Place(managed(), folder, true));
        add(new Place(home.resolve(".claude/settings.json"), home, true));
        add(new Place(folder.resolve(".claude/settings.json"), folder, folderTrusted));
        add(new Place(folder.resolve(".claude/settings.local.json"), folder, folderTrusted));
        add(new Place(data.resolve("permissions.json"), folder, true));
    }

    private static Path managed() {
        String os = System.getProperty("os.name", "");
        if (os.startsWith("Mac")) {
            return Path.of("/Library/Application Support/ClaudeCode/managed-settings.json");
        }
        return Path.of(
                os.startsWith("Windows")
                        ? "C:\\Program Files\\ClaudeCode\\managed-settings.json"
                        : "/etc/claude-code/managed-settings.json");
    }

    private void add(Place place) {
        files.add(new SettingsFile(place));
    }

    @Override
    public synchronized List<PermissionRule> rules() {
        List<PermissionRule> rules = new ArrayList<>();
        files.forEach(f -> rules.addAll(f.rules()));
        return rules;
    }

    @Override
    public synchronized boolean isBroken() {
        return files.stream().anyMatch(f -> f.problem != null);
    }

    @Override
    public synchronized List<String> takeNotices() {
        for (SettingsFile file : files) {
            if (file.problem != null && reported.add(file.place.file)) {
                notices.add(
                        file.place.file
                                + " cannot be read ("
                                + file.problem
                                + "). Until it is repaired, everything that it could deny asks.");
            } else if (file.problem == null) {
                reported.remove(file.place.file);
            }
        }
        List<String> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /// One file. Guarded by the lock of the rules.
    private static final class SettingsFile {
        private final Place place;
        private @Nullable String problem;
        private List<PermissionRule> rules = List.of();
        private String version = "";

        SettingsFile(Place place) {
            this.place = place;
        }

        List<PermissionRule> rules() {
            try {
                BasicFileAttributes facts =
                        Files.readAttributes(place.file, BasicFileAttributes.class);
                String now = facts.lastModifiedTime() + "/" + facts.size() + "/" + facts.fileKey();
                if (!now.equals(version)) {
                    version = now;
                    read(facts);
                }
            } catch (NoSuchFileException e) {
                version = "";
                problem = null;
                rules = List.of();
            } catch (IOException e) {
                fail("it is not accessible");
            }
            return rules;
        }

        private void read(BasicFileAttributes facts) throws IOException {
            if (!facts.isRegularFile() || facts.size() > MAX_BYTES) {
                fail("it is no file of settings");
                return;
            }
            try {
                JsonNode permissions =
                        Json.parseObject(Files.readAllBytes(place.file)).path("permissions");
                List<PermissionRule> read = new ArrayList<>();
                problem = null;
                add(permissions.path("deny"), PermissionRule.Behavior.DENY, read);
                add(permissions.path("ask"), PermissionRule.Behavior.ASK, read);
                if (place.trusted) {
                    add(permissions.path("allow"), PermissionRule.Behavior.ALLOW, read);
                }
                rules = List.copyOf(read);
            } catch (MalformedMessageException e) {
                fail("it is not valid JSON");
            }
        }

        private void add(
                JsonNode texts, PermissionRule.Behavior behavior, List<PermissionRule> into) {
            for (JsonNode text : texts) {
                PermissionRule rule = PermissionRule.parse(text.asText(), behavior, place.base);
                if (rule != null) {
                    into.add(rule);
                } else if (behavior != PermissionRule.Behavior.ALLOW) {
                    problem = "a rule in it is not valid";
                }
            }
        }

        private void fail(String what) {
            problem = what;
            rules = List.of();
        }
    }
}
