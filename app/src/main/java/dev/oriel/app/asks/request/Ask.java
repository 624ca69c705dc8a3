package dev.oriel.app.asks.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.app.asks.scope.AllowChoices;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A `can_use_tool` or `elicitation` request of the agent that waits for the user.
///
/// @param input the input of the tool as it was received
/// @param purpose why the tool is called, in the agent's words
/// @param agent the subagent that asks; null for the session's own agent
/// @param reason why permission is needed, in the agent's words
/// @param askedPath the file or folder that permission is needed for
/// @param rule what "always" would allow; null if only one call can be allowed
/// @param choices what can be allowed beyond this call; the first one is what "always" allows, if
///   there is a rule
public record Ask(
        String requestId,
        String tool,
        ObjectNode input,
        @Nullable String purpose,
        @Nullable String agent,
        @Nullable String reason,
        @Nullable AskedPath askedPath,
        @Nullable Rule rule,
        List<AllowChoice> choices,
        Kind kind) {

    public Ask {
        choices = List.copyOf(choices);
    }

    /// Replaces the name of a tool if an MCP server asks.
    static final String ELICITATION = "elicitation";

    /// Replaces the name of a tool if Oriel asks whether a folder is trusted.
    public static final String TRUST = ControlSubtype.ORIEL_TRUST;

    /// The kind of reply.
    public sealed interface Kind permits Kind.Permission, Kind.Questions, Kind.Plan, Elicitation {
        /// Whether the tool may run.
        record Permission() implements Kind {}

        /// Answers to one or more questions.
        record Questions(List<Question> questions) implements Kind {}

        /// Whether a plan is approved.
        ///
        /// @param text Markdown; empty if none was received
        /// @param cut whether the plan is longer than the text
        record Plan(String text, boolean cut) implements Kind {}
    }

    /// @param where the result of the server's comparison of the paths
    public record AskedPath(String path, Where where) {}

    public enum Where {
        INSIDE,
        OUTSIDE,
        /// The server did not compare the paths.
        UNKNOWN
    }

    /// @param header a word or two above the question; may be empty
    /// @param several whether more than one option may be chosen
    public record Question(String text, String header, boolean several, List<Option> options) {}

    /// @param preview what the option would look like, Markdown; may be empty
    public record Option(String label, String description, String preview) {}

    /// A permission rule of the CLI. Without `content` it covers the whole tool.
    public record Rule(String tool, @Nullable String content) {
        private static final Set<String> ALL = Set.of("", "*", ":*", "**");

        public Rule {
            content = content == null || ALL.contains(content.strip()) ? null : content;
        }

        /// What the rule allows, as text and in full.
        public String covers() {
            if (content == null) {
                return runsCommands(tool) ? "every command of " + tool : "every use of " + tool;
            }
            return runsCommands(tool) ? content : tool + " " + content;
        }
    }

    /// Whether it can be allowed. A plan without a text cannot.
    public boolean canBeAllowed() {
        return !(kind instanceof Kind.Plan(String text, _)) || !text.isBlank();
    }

    /// Whether it asks for the same call as another one, with the same consequences.
    public boolean isSameCall(Ask other) {
        return kind instanceof Kind.Permission
                && other.kind instanceof Kind.Permission
                && !tool.equals(TRUST)
                && tool.equals(other.tool)
                && input.equals(other.input)
                && Objects.equals(askedPath, other.askedPath)
                && choices.equals(other.choices);
    }

    /// The command that it asks for; null if it asks for something else.
    public @Nullable String command() {
        return kind instanceof Kind.Permission && runsCommands(tool)
                ? input.path("command").textValue()
                : null;
    }

    /// The same ask with another input.
    public Ask withInput(ObjectNode changed) {
        return new Ask(
                requestId, tool, changed, purpose, agent, reason, askedPath, rule, choices, kind);
    }

    private static boolean runsCommands(String tool) {
        return tool.equals("Bash") || tool.equals("PowerShell");
    }

    /// The ask of a `control_request`; null if that requests something else.
    public static @Nullable Ask of(Message message) {
        String id = message.requestId();
        if (id == null || !message.is(MessageType.CONTROL_REQUEST)) {
            return null;
        }
        JsonNode request = message.tree().path("request");
        if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.ELICITATION)) {
            Kind form = Elicitation.of(request);
            return new Ask(
                    id, ELICITATION, Json.object(), null, null, null, null, null, List.of(), form);
        }
        if (message.is(MessageType.CONTROL_REQUEST, TRUST)) {
            return new Ask(
                    id,
                    TRUST,
                    request.deepCopy(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    new Kind.Permission());
        }
        if (!message.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)) {
            return null;
        }
        String tool = request.path("tool_name").asText();
        ObjectNode input = request.path("input") instanceof ObjectNode o ? o : Json.object();
        Rule rule =
                request.path("suppress_always_allow_rule").asBoolean() ? null : rule(tool, request);
        return new Ask(
                id,
                tool,
                input,
                request.path("description").textValue(),
                request.path("agent_id").textValue(),
                request.path("decision_reason").textValue(),
                place(request),
                rule,
                choices(tool, rule, request),
                kind(tool, input, request.path("oriel_plan")));
    }

    private static List<AllowChoice> choices(String tool, @Nullable Rule rule, JsonNode request) {
        if (tool.equals("ExitPlanMode")) {
            return AllowChoices.afterPlan();
        }
        List<AllowChoice> suggested = AllowChoices.of(request);
        boolean hasRules =
                suggested.stream()
                        .anyMatch(c ->
                                c.updates().getFirst().path("type").asText().equals("addRules"));
        if (rule == null || hasRules) {
            return suggested;
        }
        List<AllowChoice> all = new ArrayList<>();
        all.add(AllowChoices.ofWholeTool(rule.tool()));
        all.addAll(suggested);
        return all;
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

    /// The rule that the agent suggests; without a suggestion, a rule for the whole tool, but never
    /// for all commands.
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
                                ? new Option(o.asText(), "", "")
                                : new Option(
                                        o.path("label").asText(),
                                        o.path("description").asText(""),
                                        o.path("preview").asText("")));
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
