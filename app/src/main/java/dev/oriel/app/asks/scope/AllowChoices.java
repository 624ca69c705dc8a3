package dev.oriel.app.asks.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes choices from the `permission_suggestions` of an ask.
///
/// Rules that the agent suggests can be saved in each scope; the session comes first. A mode and
/// folders are offered for the scope that the agent suggests. `bypassPermissions` and rules that
/// deny or remove something are never offered.
public final class AllowChoices {
    private static final int MAX_RULES = 50;

    private AllowChoices() {}

    /// @param request the inner object of the ask
    public static List<AllowChoice> of(JsonNode request) {
        List<AllowChoice> choices = new ArrayList<>();
        List<RuleText> rules = rules(request);
        if (!rules.isEmpty()) {
            for (RuleScope scope : RuleScope.values()) {
                choices.add(ofRules(rules, scope));
            }
        }
        choices.addAll(others(request));
        return List.copyOf(choices);
    }

    /// The choice of a rule that the agent has not suggested, for the whole tool and the session.
    public static AllowChoice ofWholeTool(String tool) {
        return ofRules(List.of(new RuleText(tool, "")), RuleScope.SESSION);
    }

    /// The choices of how Claude goes on after a plan.
    public static List<AllowChoice> afterPlan() {
        return List.of(
                mode("acceptEdits", "Approve, and accept edits"),
                mode("default", "Approve, and ask before each change"));
    }

    private static AllowChoice ofRules(List<RuleText> rules, RuleScope scope) {
        ObjectNode update =
                Json.object()
                        .put("type", "addRules")
                        .put("behavior", "allow")
                        .put("destination", scope.wireName());
        ArrayNode list = update.putArray("rules");
        for (RuleText rule : rules) {
            ObjectNode entry = list.addObject().put("toolName", rule.tool());
            if (!rule.content().isEmpty()) {
                entry.put("ruleContent", rule.content());
            }
        }
        return new AllowChoice(
                "Always allow " + scope.place(),
                rules.stream().map(RuleText::saved).toList(),
                scope,
                List.of(update));
    }

    private static List<RuleText> rules(JsonNode request) {
        List<RuleText> rules = new ArrayList<>();
        if (request.path("suppress_always_allow_rule").asBoolean()) {
            return rules;
        }
        for (JsonNode s : request.path("permission_suggestions")) {
            if (s.path("type").asText().equals("addRules")
                    && s.path("behavior").asText().equals("allow")) {
                for (JsonNode rule : s.path("rules")) {
                    RuleText text =
                            new RuleText(
                                    rule.path("toolName").asText(""),
                                    rule.path("ruleContent").asText(""));
                    if (!text.tool().isBlank()
                            && !rules.contains(text)
                            && rules.size() < MAX_RULES) {
                        rules.add(text);
                    }
                }
            }
        }
        return rules;
    }

    /// Modes and folders that the agent suggests together are one choice, because one without the
    /// other could ask again.
    private static List<AllowChoice> others(JsonNode request) {
        Map<RuleScope, List<ObjectNode>> updates = new LinkedHashMap<>();
        Map<RuleScope, List<String>> saved = new LinkedHashMap<>();
        Map<RuleScope, List<String>> words = new LinkedHashMap<>();
        for (JsonNode s : request.path("permission_suggestions")) {
            RuleScope scope = RuleScope.fromWire(s.path("destination").asText());
            String mode = s.path("mode").asText("");
            boolean setsMode =
                    s.path("type").asText().equals("setMode") && !modeName(mode).isEmpty();
            boolean addsFolders =
                    s.path("type").asText().equals("addDirectories")
                            && !s.path("directories").isEmpty();
            if (!(s instanceof ObjectNode update) || !(setsMode || addsFolders)) {
                continue;
            }
            updates.computeIfAbsent(scope, _ -> new ArrayList<>()).add(update.deepCopy());
            List<String> texts = saved.computeIfAbsent(scope, _ -> new ArrayList<>());
            List<String> titles = words.computeIfAbsent(scope, _ -> new ArrayList<>());
            if (setsMode) {
                texts.add("mode " + mode);
                titles.add(modeName(mode));
            } else {
                s.path("directories").forEach(d -> texts.add("folder " + d.asText()));
                titles.add(
                        s.path("directories").size() == 1
                                ? "work in one more folder"
                                : "work in %d more folders"
                                        .formatted(s.path("directories").size()));
            }
        }
        List<AllowChoice> choices = new ArrayList<>();
        updates.forEach((scope, all) -> {
            String title = String.join(" and ", words.getOrDefault(scope, List.of()));
            choices.add(
                    new AllowChoice(
                            "Allow, and " + title + " " + scope.place(),
                            saved.getOrDefault(scope, List.of()),
                            scope,
                            all));
        });
        return choices;
    }

    private static String modeName(String mode) {
        return switch (mode) {
            case "acceptEdits" -> "accept edits";
            case "plan" -> "plan";
            case "default" -> "ask before each change";
            default -> "";
        };
    }

    private static AllowChoice mode(String mode, String title) {
        return new AllowChoice(
                title,
                List.of("mode " + mode),
                RuleScope.SESSION,
                List.of(
                        Json.object()
                                .put("type", "setMode")
                                .put("mode", mode)
                                .put("destination", RuleScope.SESSION.wireName())));
    }

    /// A rule of the CLI.
    ///
    /// @param content empty for the whole tool
    private record RuleText(String tool, String content) {
        /// As the CLI writes it to a settings file: parentheses within it are escaped.
        String saved() {
            return content.isEmpty()
                    ? tool
                    : tool
                            + "("
                            + content.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                            + ")";
        }
    }
}
