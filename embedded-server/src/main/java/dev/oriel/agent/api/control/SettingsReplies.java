package dev.oriel.agent.api.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers `get_settings` and `list_permission_rules` from the settings files, which are read each
/// time. Thread-safe; blocks on the disk.
///
/// The variables that settings give to commands are left out: they can be keys.
public final class SettingsReplies {
    private static final int MAX_BYTES = 4 << 20;
    private static final List<String> LEFT_OUT = List.of("env", "apiKeyHelper");

    private final Path folder;
    private final Path home;
    private final boolean isTrusted;
    private final List<String> allowedTools;

    /// @param folder the session's folder
    /// @param home the user's home folder
    /// @param isTrusted whether rules of the folder that allow something count
    /// @param allowedTools rules of the session's client
    public SettingsReplies(Path folder, Path home, boolean isTrusted, List<String> allowedTools) {
        this.folder = folder;
        this.home = home;
        this.isTrusted = isTrusted;
        this.allowedTools = List.copyOf(allowedTools);
    }

    /// `{"effective":{…}, "sources":[{"source":…, "settings":{…}}]}`, the most general first.
    public ObjectNode settings() {
        ObjectNode effective = Json.object();
        ObjectNode reply = Json.object();
        reply.set("effective", effective);
        ArrayNode sources = reply.putArray("sources");
        files().forEach((source, file) -> {
            ObjectNode settings = read(file);
            settings.remove(LEFT_OUT);
            if (!settings.isEmpty()) {
                sources.addObject().put("source", source).set("settings", settings);
                merge(settings, effective);
            }
        });
        return reply;
    }

    /// `{"state":{"rules":[…], "workspaceDirectories":[…], "originalCwd":…}}`: the rules that
    /// count.
    public ObjectNode rules() {
        ObjectNode state = Json.object();
        ArrayNode rules = state.putArray("rules");
        ArrayNode folders = state.putArray("workspaceDirectories");
        for (String behavior : List.of("allow", "ask", "deny")) {
            files().forEach((source, file) -> {
                boolean counts =
                        isTrusted || !behavior.equals("allow") || source.equals("userSettings");
                JsonNode permissions = read(file).path("permissions");
                if (counts) {
                    permissions
                            .path(behavior)
                            .forEach(r -> add(behavior, source, r.asText(), "persistent", rules));
                }
                if (counts && behavior.equals("allow")) {
                    permissions.path("additionalDirectories").forEach(folders::add);
                }
            });
            if (behavior.equals("allow")) {
                allowedTools.forEach(r -> add(behavior, "cliArg", r, "session", rules));
            }
        }
        state.put("originalCwd", folder.toString()).put("managedOnly", false);
        ObjectNode reply = Json.object();
        reply.set("state", state);
        return reply;
    }

    private static void add(
            String behavior, String source, String rule, String editability, ArrayNode to) {
        to.addObject()
                .put("behavior", behavior)
                .put("source", source)
                .put("rule", rule)
                .put("editability", editability);
    }

    private Map<String, Path> files() {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("userSettings", home.resolve(".claude/settings.json"));
        files.put("projectSettings", folder.resolve(".claude/settings.json"));
        files.put("localSettings", folder.resolve(".claude/settings.local.json"));
        return files;
    }

    /// Empty if there are none, or they cannot be read: the permissions report that.
    private static ObjectNode read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                return Json.parseObject(Files.readAllBytes(file));
            }
        } catch (IOException _) {
            // As if it were not there.
        }
        return Json.object();
    }

    /// Objects are merged, arrays joined, everything else is replaced.
    private static void merge(ObjectNode from, ObjectNode into) {
        for (Map.Entry<String, JsonNode> member : from.properties()) {
            JsonNode known = into.get(member.getKey());
            if (known instanceof ObjectNode object
                    && member.getValue() instanceof ObjectNode more) {
                merge(more, object);
            } else if (known instanceof ArrayNode array && member.getValue().isArray()) {
                for (JsonNode each : member.getValue()) {
                    if (array.valueStream().noneMatch(each::equals)) {
                        array.add(each.deepCopy());
                    }
                }
            } else {
                into.set(member.getKey(), member.getValue().deepCopy());
            }
        }
    }
}
