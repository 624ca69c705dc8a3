package dev.oriel.app.conversation.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Notice;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A hook that ended, as `system/hook_response` reports it.
///
/// A hook decides by its exit code, or by JSON that it prints. What a decision means depends on the
/// event; the CLI calls every exit code but 0 an error.
public final class HookRun {
    /// The start of the ids of such notices.
    private static final String ID = "hook:";

    /// The exit code by which a hook blocks.
    private static final int BLOCKS = 2;

    /// The longest JSON that is read, characters.
    private static final int LONGEST_JSON = 256 * 1024;

    private final String event;
    private final String outcome;
    private final int exitCode;
    private final JsonNode decision;
    private final String printed;
    private final String name;

    private HookRun(JsonNode response) {
        event = text(response, "hook_event");
        String own = text(response, "hook_name");
        name = own.isBlank() ? event : own;
        outcome = text(response, "outcome");
        exitCode = response.path("exit_code").asInt(0);
        decision = decision(text(response, "stdout"), text(response, "output"));
        String output = text(response, "output");
        printed = output.isBlank() ? text(response, "stdout") + text(response, "stderr") : output;
    }

    /// The notice about a hook. Whatever blocks something is a warning, which every level of detail
    /// shows; a hook that only ran is shown with all details.
    public static Notice notice(String id, long seq, JsonNode response) {
        HookRun run = new HookRun(response);
        return new Notice(
                ID + id, seq, run.level(), "Hook " + run.name + " " + run.verb(), run.details());
    }

    /// Whether a notice tells that a hook blocked something.
    public static boolean hasBlocked(Notice notice) {
        return notice.id().startsWith(ID) && notice.level() == Level.WARNING;
    }

    private boolean blocks() {
        boolean byCode = exitCode == BLOCKS && hasEffect();
        String permission = text(decision.path("hookSpecificOutput"), "permissionDecision");
        return byCode
                || outcome.equals("blocked")
                || text(decision, "decision").equals("block")
                || permission.equals("deny")
                || isEnd();
    }

    /// Whether the hook ends the turn.
    private boolean isEnd() {
        return decision.path("continue").isBoolean() && !decision.path("continue").booleanValue();
    }

    /// Whether the exit code for blocking has an effect on this event.
    private boolean hasEffect() {
        return switch (event) {
            case "SessionStart", "SessionEnd", "Notification", "SubagentStart", "Setup" -> false;
            default -> true;
        };
    }

    private boolean hasFailed() {
        return exitCode != 0 || outcome.equals("error");
    }

    private Level level() {
        if (blocks()) {
            return keepsWorking() ? Level.INFO : Level.WARNING;
        }
        if (hasFailed()) {
            return Level.WARNING;
        }
        if (!text(decision, "systemMessage").isBlank()) {
            return Level.INFO;
        }
        return outcome.equals("cancelled") ? Level.QUIET : Level.TRACE;
    }

    private boolean keepsWorking() {
        return !isEnd() && (event.equals("Stop") || event.equals("SubagentStop"));
    }

    private String verb() {
        if (blocks()) {
            return isEnd() ? "ended the turn" : effect();
        }
        if (hasFailed()) {
            return exitCode == 0 ? "failed" : "failed with exit code " + exitCode;
        }
        return outcome.equals("cancelled") ? "was cancelled" : "ran";
    }

    private String effect() {
        return switch (event) {
            case "PreToolUse" -> "blocked this tool call";
            case "PermissionRequest" -> "denied the permission";
            case "PostToolUse", "PostToolUseFailure" -> "reported a problem to Claude";
            case "UserPromptSubmit" -> "blocked the prompt";
            case "Stop", "SubagentStop" -> "asked Claude to go on";
            case "PreCompact" -> "blocked the compaction";
            default -> "blocked this";
        };
    }

    private List<String> details() {
        List<String> lines = new ArrayList<>();
        JsonNode specific = decision.path("hookSpecificOutput");
        add(text(decision, "systemMessage"), lines);
        add(text(decision, "reason"), lines);
        add(text(decision, "stopReason"), lines);
        add(text(specific, "permissionDecisionReason"), lines);
        if (lines.isEmpty()) {
            add(printed, lines);
        }
        return lines;
    }

    private static void add(String text, List<String> lines) {
        Truncation.truncate(text.strip()).lines().forEach(lines::add);
    }

    private static JsonNode decision(String... outputs) {
        for (String output : outputs) {
            String json = output.strip();
            if (json.startsWith("{") && json.length() <= LONGEST_JSON) {
                try {
                    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
                } catch (MalformedMessageException e) {
                    // It is no decision, only output.
                }
            }
        }
        return Json.object();
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
