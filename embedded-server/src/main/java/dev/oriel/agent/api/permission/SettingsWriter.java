package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.platform.PrivateFiles;
import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores rules and folders in the settings files that replies to asks name. Members that it does
/// not know are kept. A file is replaced as a whole, and never through a link. Used by one thread
/// at a time.
final class SettingsWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWriter.class);
    private static final String LOCAL = ".claude/settings.local.json";
    private static final long MAX_BYTES = 1024 * 1024;

    private final Path folder;
    private final Path home;

    /// @param folder the session's folder, a real path
    /// @param home the user's home, a real path
    SettingsWriter(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /// Stores an update, unless it is for the session only.
    ///
    /// @return a sentence for the user if it could not be stored
    @Nullable String write(JsonNode update) {
        Path file =
                switch (update.path("destination").asText("session")) {
                    case "localSettings" -> folder.resolve(LOCAL);
                    case "projectSettings" -> folder.resolve(".claude/settings.json");
                    case "userSettings" -> home.resolve(".claude/settings.json");
                    default -> null;
                };
        if (file == null) {
            return null;
        }
        try {
            if (!RealPath.of(file).equals(file)) {
                return file + " is a link, so the change holds for this session only.";
            }
            ObjectNode settings = read(file);
            if (settings == null) {
                return file + " is not valid, so the change holds for this session only.";
            }
            apply(update, settings.withObject("/permissions"));
            replace(file, settings);
            if (file.endsWith(LOCAL)) {
                hideFromGit();
            }
            return null;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("Settings cannot be written", e);
            return file + " cannot be written, so the change holds for this session only.";
        }
    }

    /// @return null if it is not a JSON object
    private static @Nullable ObjectNode read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Json.object();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            return null;
        }
        try {
            ObjectNode settings = Json.parseObject(Files.readAllBytes(file));
            JsonNode permissions = settings.path("permissions");
            return permissions.isMissingNode() || permissions.isObject() ? settings : null;
        } catch (MalformedMessageException e) {
            return null;
        }
    }

    private static void apply(JsonNode update, ObjectNode permissions) {
        String type = update.path("type").asText();
        if (type.equals("setMode")) {
            permissions.put("defaultMode", update.path("mode").asText());
            return;
        }
        boolean isFolders = type.endsWith("Directories");
        String member =
                isFolders
                        ? "additionalDirectories"
                        : PermissionUpdates.behavior(update).name().toLowerCase(Locale.ROOT);
        List<String> wanted = new ArrayList<>();
        update.path(isFolders ? "directories" : "rules")
                .forEach(v -> wanted.add(isFolders ? v.asText() : text(v)));
        List<JsonNode> kept = new ArrayList<>();
        if (!type.startsWith("replace")) {
            permissions.path(member).forEach(kept::add);
        }
        kept.removeIf(v -> wanted.contains(v.asText()));
        ArrayNode values = permissions.putArray(member).addAll(kept);
        if (!type.startsWith("remove")) {
            wanted.forEach(values::add);
        }
    }

    /// The form of a rule that [PermissionRule#parse] reads.
    static String text(JsonNode rule) {
        String name = rule.path("toolName").asText();
        String content = rule.path("ruleContent").asText("");
        return content.isEmpty()
                ? name
                : name + "(" + content.replaceAll("[\\\\()]", "\\\\$0") + ")";
    }

    private static void replace(Path file, ObjectNode settings) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            PrivateFiles.createNew(temporary);
            byte[] bytes =
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(settings);
            Files.write(temporary, bytes, StandardOpenOption.WRITE);
            if (Files.exists(file) && !file.endsWith(LOCAL)) {
                keepPermissions(file, temporary);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (from.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
            Files.setPosixFilePermissions(to, permissions);
        }
    }

    /// Personal rules are not for other people's copies of the project.
    private void hideFromGit() throws IOException {
        Path exclude = folder.resolve(".git/info/exclude");
        if (!Files.isRegularFile(exclude, LinkOption.NOFOLLOW_LINKS)
                || !RealPath.of(exclude).equals(exclude)
                || Files.size(exclude) > MAX_BYTES) {
            return;
        }
        String text = Files.readString(exclude, StandardCharsets.ISO_8859_1);
        if (text.lines().noneMatch(("/" + LOCAL)::equals)) {
            String line = (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + "/" + LOCAL + "\n";
            Files.writeString(exclude, line, StandardOpenOption.APPEND);
        }
    }
}
