package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A `can_use_tool` or `elicitation` request of the agent's that waits for the user.
///
/// @param input what the tool would be called with, as it came
/// @param purpose why, in the agent's words
/// @param agent the subagent that asks, or null for the session's own
/// @param reason why it is asked at all, in the agent's words
/// @param askedPath the file or folder because of which it is asked
/// @param rule what "always" would allow, or null where nothing may be allowed for longer
public record Ask(
        String requestId,
        String tool,
        ObjectNode input,
        @Nullable String purpose,
        @Nullable String agent,
        @Nullable String reason,
        @Nullable AskedPath askedPath,
        @Nullable Rule rule,
        Kind kind) {

    /// Stands in place of a tool where an MCP server asks.
    static final String ELICITATION = "elicitation";

    /// Stands in place of a tool where Oriel asks whether a folder is trusted.
    public static final String TRUST = "oriel_trust";

    /// What kind of answer is wanted.
    public sealed interface Kind permits Kind.Permission, Kind.Questions, Kind.Plan, Elicitation {
        /// May the tool run?
        record Permission() implements Kind {}

        /// One or more questions with options.
        record Questions(List<Question> questions) implements Kind {}

        /// Is this plan right?
        ///
        /// @param text Markdown; empty where none came
        /// @param cut whether it goes on behind what is known of it
        record Plan(String text, boolean cut) implements Kind {}
    }

    /// @param where as the server compared the paths
    public record AskedPath(String path, Where where) {}

    public enum Where {
        INSIDE,
        OUTSIDE,
        /// The server did not say.
        UNKNOWN
    }

    /// @param header a word or two over it, perhaps empty
    /// @param several whether more than one option may be chosen
    public record Question(String text, String header, boolean several, List<Option> options) {}

    public record Option(String label, String description) {}

    /// A permission rule of the CLI's; without `content` it covers the whole tool.
    public record Rule(String tool, @Nullable String content) {
        private static final Set<String> ALL = Set.of("", "*", ":*", "**");

        public Rule {
            content = content == null || ALL.contains(content.strip()) ? null : content;
        }

        /// What it allows, in words and in full.
        public String covers() {
            if (content == null) {
                return runsCommands(tool) ? "every command of " + tool : "every use of " + tool;
            }
            return runsCommands(tool) ? content : tool + " " + content;
        }
    }

    /// Whether it can be allowed: a plan that nobody has seen cannot.
    public boolean canBeAllowed() {
        return !(kind instanceof Kind.Plan(String text, _)) || !text.isBlank();
    }

    private static boolean runsCommands(String tool) {
        return tool.equals("Bash") || tool.equals("PowerShell");
    }

    /// From a `control_request`, or null if it asks for something else.
    public static @Nullable Ask of(Message message) {
        String id = message.requestId();
        if (id == null || !message.is("control_request")) {
            return null;
        }
        JsonNode request = message.tree().path("request");
        if (message.is("control_request", "elicitation")) {
            Kind form = Elicitation.of(request);
            return new Ask(id, ELICITATION, Json.object(), null, null, null, null, null, form);
        }
        if (message.is("control_request", TRUST)) {
            return new Ask(
                    id,
                    TRUST,
                    request.deepCopy(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Kind.Permission());
        }
        if (!message.is("control_request", "can_use_tool")) {
            return null;
        }
        String tool = request.path("tool_name").asText();
        ObjectNode input = request.path("input") instanceof ObjectNode o ? o : Json.object();
        return new Ask(
                id,
                tool,
                input,
                request.path("description").textValue(),
                request.path("agent_id").textValue(),
                request.path("decision_reason").textValue(),
                place(request),
                request.path("suppress_always_allow_rule").asBoolean() ? null : rule(tool, request),
                kind(tool, input, request.path("oriel_plan")));
    }

    private static @Nullable AskedPath place(JsonNode request) {
        String path = request.path("blocked_path").textValue();
        if (path == null) {
            return null;
        }
        JsonNode outside = request.path("oriel_outside");
        Where where =
                !outside.isBoolean()
                        ? Where.UNKNOWN
                        : outside.asBoolean() ? Where.OUTSIDE : Where.INSIDE;
        return new AskedPath(path, where);
    }

    private static Kind kind(String tool, ObjectNode input, JsonNode found) {
        return switch (tool) {
            case "AskUserQuestion" -> new Kind.Questions(questions(input));
            case "ExitPlanMode" -> {
                String own = input.path("plan").asText("");
                yield own.isBlank()
                        ? new Kind.Plan(
                                found.path("text").asText(""), found.path("cut").asBoolean())
                        : new Kind.Plan(own, false);
            }
            default -> new Kind.Permission();
        };
    }

    /// What the agent suggests; where it suggests nothing, the whole tool, but never every command.
    private static @Nullable Rule rule(String tool, JsonNode request) {
        for (JsonNode s : request.path("permission_suggestions")) {
            JsonNode first = s.path("rules").path(0);
            if ("addRules".equals(s.path("type").asText())
                    && "allow".equals(s.path("behavior").asText())
                    && first.path("toolName").isTextual()) {
                return new Rule(
                        first.path("toolName").asText(), first.path("ruleContent").textValue());
            }
        }
        return runsCommands(tool) ? null : new Rule(tool, null);
    }

    private static List<Question> questions(ObjectNode input) {
        List<Question> questions = new ArrayList<>();
        for (JsonNode q : input.path("questions")) {
            List<Option> options = new ArrayList<>();
            for (JsonNode o : q.path("options")) {
                options.add(
                        o.isTextual()
                                ? new Option(o.asText(), "")
                                : new Option(
                                        o.path("label").asText(),
                                        o.path("description").asText("")));
            }
            questions.add(
                    new Question(
                            q.path("question").asText(),
                            q.path("header").asText(""),
                            q.path("multiSelect").asBoolean(),
                            List.copyOf(options)));
        }
        return List.copyOf(questions);
    }
}
