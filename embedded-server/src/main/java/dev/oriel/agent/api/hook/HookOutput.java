package dev.oriel.agent.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.hook.Hooks.HookVerdict;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What hooks want, by their exit codes and outputs. Pure.
final class HookOutput {
    private static final int BLOCK = 2;
    private static final int MAX_TEXT = 30_000;
    private static final int MAX_NOTICE = 500;
    private static final String PROMPT = "UserPromptSubmit";

    private HookOutput() {}

    /// @param name the event, with the tool's name if it has one: `PreToolUse:Bash`
    static HookVerdict read(HookCommand hook, String name, HookProcess.Result result) {
        if (result.isTimedOut()) {
            return notice(
                    "A hook of %s was ended after %d seconds: %s"
                            .formatted(name, hook.timeout().toSeconds(), hook.command()));
        }
        if (result.exitCode() == BLOCK) {
            return blocked(hook, name, result.stderr().strip());
        }
        if (result.exitCode() != 0) {
            return notice(
                    "A hook of %s failed with code %d: %s"
                            .formatted(name, result.exitCode(), firstLine(result.stderr())));
        }
        String stdout = result.stdout().strip();
        if (stdout.startsWith("{")) {
            try {
                return json(hook, name, Json.parseObject(stdout.getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedMessageException _) {
                return notice("A hook of " + name + " printed JSON that cannot be read.");
            }
        }
        return hook.event().equals(PROMPT) && !stdout.isEmpty()
                ? context(List.of(reminder("UserPromptSubmit hook success: " + cut(stdout))))
                : HookVerdict.NONE;
    }

    /// @param json what the hook has printed, or its client has answered
    static HookVerdict json(HookCommand hook, String name, ObjectNode json) {
        List<String> notices = new ArrayList<>();
        String message = json.path("systemMessage").asText();
        if (!message.isBlank()) {
            notices.add(message.length() > MAX_NOTICE ? message.substring(0, MAX_NOTICE) : message);
        }
        JsonNode specific = json.path("hookSpecificOutput");
        List<String> context = new ArrayList<>();
        String more = specific.path("additionalContext").asText();
        if (!more.isBlank()) {
            context.add(reminder(name + " hook additional context: " + cut(more)));
        }
        String stop = null;
        if (json.path("continue").isBoolean() && !json.path("continue").asBoolean()) {
            stop = json.path("stopReason").asText("A hook ended the turn.");
        }
        String decision = json.path("decision").asText();
        String permission = specific.path("permissionDecision").asText();
        String reason =
                json.path("reason").asText(specific.path("permissionDecisionReason").asText());
        boolean isBlocked = decision.equals("block") || permission.equals("deny");
        return new HookVerdict(
                isBlocked ? block(hook, name, reason) : null,
                permission.equals("allow") || decision.equals("approve"),
                permission.equals("ask"),
                specific.path("updatedInput") instanceof ObjectNode input ? input : null,
                context,
                stop,
                notices);
    }

    private static HookVerdict blocked(HookCommand hook, String name, String reason) {
        return new HookVerdict(
                block(hook, name, reason), false, false, null, List.of(), null, List.of());
    }

    /// The text for the model.
    private static String block(HookCommand hook, String name, String given) {
        String reason = given.isBlank() ? "No reason was given." : cut(given);
        return switch (hook.event()) {
            case "PreToolUse" -> name + " hook error: [" + hook.command() + "]: " + reason;
            case "PostToolUse" ->
                    reminder(
                            name
                                    + " hook blocking error from command: \""
                                    + hook.command()
                                    + "\": "
                                    + reason);
            case "Stop", "SubagentStop" ->
                    hook.event() + " hook feedback:\n[" + hook.command() + "]: " + reason;
            default -> reason;
        };
    }

    /// Something for the user only.
    static HookVerdict notice(String text) {
        String notice = text.length() > MAX_NOTICE ? text.substring(0, MAX_NOTICE) + "…" : text;
        return new HookVerdict(null, false, false, null, List.of(), null, List.of(notice));
    }

    private static HookVerdict context(List<String> texts) {
        return new HookVerdict(null, false, false, null, texts, null, List.of());
    }

    /// What several hooks want together: the strictest counts.
    static HookVerdict combine(List<HookVerdict> verdicts) {
        String block = null;
        String stop = null;
        boolean isAllowed = false;
        boolean isAsking = false;
        @Nullable ObjectNode input = null;
        List<String> context = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        for (HookVerdict v : verdicts) {
            if (v.block() != null) {
                block = block == null ? v.block() : block + "\n" + v.block();
            }
            stop = stop == null ? v.stop() : stop;
            isAllowed |= v.isAllowed();
            isAsking |= v.isAsking();
            input = v.input() == null ? input : v.input();
            context.addAll(v.context());
            notices.addAll(v.notices());
        }
        boolean allows = isAllowed && !isAsking && block == null;
        return new HookVerdict(block, allows, isAsking, input, context, stop, notices);
    }

    private static String reminder(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>";
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "\n[cut]";
    }

    private static String firstLine(String text) {
        return text.lines().filter(l -> !l.isBlank()).findFirst().orElse("no output");
    }
}
