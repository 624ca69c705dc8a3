package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies what replies to asks change: rules and folders, for the session or in settings files.
/// Thread-safe.
final class PermissionUpdates {
    private final PermissionFolders folders;
    private final List<PermissionRule> rules = new ArrayList<>(); // guarded by this

    private final SettingsWriter settings;

    PermissionUpdates(PermissionFolders folders, List<String> allowedTools) {
        this.folders = folders;
        settings = new SettingsWriter(folders.folder(), folders.home());
        for (String text : allowedTools) {
            PermissionRule rule =
                    PermissionRule.parse(text, PermissionRule.Behavior.ALLOW, folders.folder());
            if (rule != null) {
                rules.add(rule);
            }
        }
    }

    synchronized List<PermissionRule> rules() {
        return List.copyOf(rules);
    }

    /// @return a sentence for the user if the update was not applied
    synchronized Optional<String> apply(JsonNode update) {
        switch (update.path("type").asText()) {
            case "addRules" -> rules.addAll(read(update));
            case "removeRules" -> rules.removeAll(read(update));
            case "replaceRules" -> {
                PermissionRule.Behavior behavior = behavior(update);
                rules.removeIf(r -> r.behavior() == behavior);
                rules.addAll(read(update));
            }
            case "addDirectories" -> {
                for (JsonNode folder : update.path("directories")) {
                    if (!folders.add(folder.asText())) {
                        return Optional.of("A folder could not be added: it is no path.");
                    }
                }
            }
            case "removeDirectories" ->
                    update.path("directories").forEach(f -> folders.remove(f.asText()));
            default -> {
                return Optional.of("A change of permissions is not known and was not applied.");
            }
        }
        return store(update);
    }

    /// Writes an update to the settings file that it names; the mode becomes that of new sessions.
    ///
    /// @return a sentence for the user if it was not stored
    synchronized Optional<String> store(JsonNode update) {
        return Optional.ofNullable(settings.write(update));
    }

    private List<PermissionRule> read(JsonNode update) {
        List<PermissionRule> read = new ArrayList<>();
        for (JsonNode rule : update.path("rules")) {
            String content = rule.path("ruleContent").asText("");
            String tool = rule.path("toolName").asText();
            read.add(
                    new PermissionRule(
                            tool.equals("Task") ? "Agent" : tool,
                            content.isBlank() || content.equals("*") ? null : content,
                            behavior(update),
                            folders.folder()));
        }
        return read;
    }

    static PermissionRule.Behavior behavior(JsonNode update) {
        return switch (update.path("behavior").asText()) {
            case "allow" -> PermissionRule.Behavior.ALLOW;
            case "deny" -> PermissionRule.Behavior.DENY;
            default -> PermissionRule.Behavior.ASK;
        };
    }
}
