package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides which simulated tool calls need an ask, by the permission mode and the rules that the
/// user added in this session. Thread-safe.
final class DemoPermissions {
    private static final Set<String> MODES =
            Set.of("default", "acceptEdits", "plan", "dontAsk", "auto", "bypassPermissions");
    private final List<Rule> rules = new ArrayList<>(); // guarded by this
    private String mode; // guarded by this

    DemoPermissions(String mode) {
        this.mode = mode;
    }

    synchronized String mode() {
        return mode;
    }

    /// @return false if the mode is unknown
    synchronized boolean setMode(String wanted) {
        if (!MODES.contains(wanted)) {
            return false;
        }
        mode = wanted;
        return true;
    }

    synchronized Decision decide(ScriptStep.Tool tool) {
        if (!tool.asks() || rules.stream().anyMatch(rule -> rule.covers(tool))) {
            return Decision.ALLOW;
        }
        return switch (mode) {
            case "bypassPermissions", "auto" -> Decision.ALLOW;
            case "acceptEdits" -> tool.name().equals("Edit") ? Decision.ALLOW : Decision.ASK;
            case "dontAsk" -> Decision.DENY;
            default -> Decision.ASK;
        };
    }

    /// Applies the `updatedPermissions` of a reply.
    ///
    /// @return whether the mode was set
    synchronized boolean update(JsonNode updates) {
        boolean changed = false;
        for (JsonNode update : updates) {
            switch (update.path("type").asText()) {
                case "addRules" -> {
                    if ("allow".equals(update.path("behavior").asText())) {
                        for (JsonNode rule : update.path("rules")) {
                            rules.add(
                                    new Rule(
                                            rule.path("toolName").asText(),
                                            rule.path("ruleContent").asText("")));
                        }
                    }
                }
                case "setMode" -> changed |= setMode(update.path("mode").asText());
                default -> {
                    // The demo ignores directories and stored rules.
                }
            }
        }
        return changed;
    }

    enum Decision {
        ALLOW,
        ASK,
        DENY
    }

    /// @param content empty to match everything, `prefix:*` to match a prefix, otherwise the whole
    ///   text
    private record Rule(String tool, String content) {
        boolean covers(ScriptStep.Tool use) {
            if (!use.name().equals(tool)) {
                return false;
            }
            String text = use.input().path(tool.equals("Bash") ? "command" : "file_path").asText();
            return content.isEmpty()
                    || content.equals(text)
                    || (content.endsWith(":*")
                            && text.startsWith(content.substring(0, content.length() - 2)));
        }
    }
}
