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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one settings file says about permissions. The file is read again when it has changed. Used
/// by one thread at a time.
final class SettingsFile {
    private static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private final Path base;
    private final boolean isTrusted;
    private String version = "";
    private Content content = Content.NONE;

    /// @param problem why the file, or a rule in it, cannot be read; null if it can
    /// @param onlyManaged the member `allowManagedPermissionRulesOnly`
    private record Content(
            @Nullable String problem,
            List<PermissionRule> rules,
            @Nullable String defaultMode,
            List<String> folders,
            boolean forbidsBypass,
            boolean onlyManaged) {
        static final Content NONE = failed(null);

        static Content failed(@Nullable String why) {
            return new Content(why, List.of(), null, List.of(), false, false);
        }
    }

    /// @param base the folder to which patterns with a leading slash belong
    /// @param isTrusted whether what allows something counts
    SettingsFile(Path file, Path base, boolean isTrusted) {
        this.file = file;
        this.base = base;
        this.isTrusted = isTrusted;
    }

    Path path() {
        return file;
    }

    @Nullable String problem() {
        return content.problem;
    }

    List<PermissionRule> rules() {
        return content.rules;
    }

    @Nullable String defaultMode() {
        return content.defaultMode;
    }

    List<String> folders() {
        return content.folders;
    }

    boolean forbidsBypass() {
        return content.forbidsBypass;
    }

    boolean onlyManaged() {
        return content.onlyManaged;
    }

    /// Looks whether the file has changed.
    void refresh() {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            String now = facts.lastModifiedTime() + "/" + facts.size() + "/" + facts.fileKey();
            if (!now.equals(version)) {
                version = now;
                content = read(facts);
            }
        } catch (NoSuchFileException e) {
            version = "";
            content = Content.NONE;
        } catch (IOException e) {
            version = "";
            content = Content.failed("it is not accessible");
        }
    }

    private Content read(BasicFileAttributes facts) throws IOException {
        if (!facts.isRegularFile() || facts.size() > MAX_BYTES) {
            return Content.failed("it is no file of settings");
        }
        JsonNode settings;
        try {
            settings = Json.parseObject(Files.readAllBytes(file));
        } catch (MalformedMessageException e) {
            return Content.failed("it is not valid JSON");
        }
        JsonNode permissions = settings.path("permissions");
        List<PermissionRule> rules = new ArrayList<>();
        boolean denies = add(permissions.path("deny"), PermissionRule.Behavior.DENY, rules);
        boolean asks = add(permissions.path("ask"), PermissionRule.Behavior.ASK, rules);
        List<String> folders = new ArrayList<>();
        if (isTrusted) {
            add(permissions.path("allow"), PermissionRule.Behavior.ALLOW, rules);
            permissions.path("additionalDirectories").forEach(f -> folders.add(f.asText()));
        }
        return new Content(
                denies && asks ? null : "a rule in it is not valid",
                List.copyOf(rules),
                isTrusted ? permissions.path("defaultMode").textValue() : null,
                folders,
                permissions.path("disableBypassPermissionsMode").asText().equals("disable"),
                settings.path("allowManagedPermissionRulesOnly").asBoolean());
    }

    private boolean add(
            JsonNode texts, PermissionRule.Behavior behavior, List<PermissionRule> into) {
        boolean isValid = true;
        for (JsonNode text : texts) {
            PermissionRule rule = PermissionRule.parse(text.asText(), behavior, base);
            if (rule == null) {
                isValid = false;
            } else {
                into.add(rule);
            }
        }
        return isValid;
    }
}
