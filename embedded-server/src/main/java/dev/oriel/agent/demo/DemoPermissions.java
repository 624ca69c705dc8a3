package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the demo may pretend without asking: the permission mode, and the rules that a person gave
/// in this session.
final class DemoPermissions {
    private static final Set<String> MODES =
            Set.of("default", "acceptEdits", "plan", "dontAsk", "auto", "bypassPermissions");
    private final List<Rule> rules = new ArrayList<>();
    private String mode;

    DemoPermissions(String mode) {
        this.mode = mode;
    }

    synchronized String mode() {
        return mode;
    }

    /// @return false if there is no such mode
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

    /// Keeps the rules that came with an answer (`updatedPermissions`).
    ///
    /// @return whether the mode has changed
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
                    // The demo has no folders and no files for rules.
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

    /// @param content empty for everything, `begin:*` for a beginning, else the whole
    private record Rule(String tool, String content) {
        boolean covers(ScriptStep.Tool use) {
            if (!use.name().equals(tool)) {
                return false;
            }
            String what = use.input().path(tool.equals("Bash") ? "command" : "file_path").asText();
            return content.isEmpty()
                    || content.equals(what)
                    || (content.endsWith(":*")
                            && what.startsWith(content.substring(0, content.length() - 2)));
        }
    }
}
