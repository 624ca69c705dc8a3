package dev.oriel.app.conversation.fold;

import static dev.oriel.app.conversation.fold.MessageFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.SubagentRun.Ending;
import dev.oriel.app.conversation.item.SubagentRun.Progress;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.SystemSubtype;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the messages about a task of the agent that a tool call started: `task_started`,
/// `task_progress`, `task_updated` and `task_notification`.
final class SubagentProgress {
    private SubagentProgress() {}

    static boolean isReport(@Nullable String subtype) {
        return subtype != null
                && switch (subtype) {
                    case SystemSubtype.TASK_STARTED,
                            SystemSubtype.TASK_PROGRESS,
                            SystemSubtype.TASK_UPDATED,
                            SystemSubtype.TASK_NOTIFICATION ->
                            true;
                    default -> false;
                };
    }

    static ToolRun apply(ToolRun run, String subtype, JsonNode tree) {
        Progress before = run.subagent().progress();
        Progress was =
                before == null
                        ? new Progress(text(tree, "task_id"), "", "", 0, 0, null, false)
                        : before;
        JsonNode usage = tree.path("usage");
        long millis = usage.path("duration_ms").asLong();
        boolean over = was.over();
        String doing = was.doing();
        switch (subtype) {
            case SystemSubtype.TASK_STARTED -> {
                over = false;
                doing = "";
            }
            case SystemSubtype.TASK_PROGRESS -> doing = doing(tree);
            case SystemSubtype.TASK_UPDATED -> over |= isEnd(text(tree.path("patch"), "status"));
            default -> over = true;
        }
        Ending ending = ending(was.ending(), subtype, tree);
        String type = text(tree, "subagent_type");
        return run.withSubagent(
                run.subagent()
                        .withProgress(
                                new Progress(
                                        was.taskId(),
                                        type.isEmpty() ? was.type() : Truncation.firstLine(type),
                                        over ? "" : doing,
                                        Math.max(was.tokens(), usage.path("total_tokens").asLong()),
                                        Math.max(was.toolUses(), usage.path("tool_uses").asInt()),
                                        millis > 0 ? Duration.ofMillis(millis) : was.took(),
                                        over,
                                        ending)));
    }

    private static Ending ending(Ending was, String subtype, JsonNode tree) {
        return switch (subtype) {
            case SystemSubtype.TASK_STARTED -> Ending.UNKNOWN;
            case SystemSubtype.TASK_UPDATED -> {
                String status = text(tree.path("patch"), "status");
                yield isEnd(status) && was.status().isEmpty()
                        ? new Ending(status, was.summary(), was.outputFile())
                        : was;
            }
            case SystemSubtype.TASK_NOTIFICATION ->
                    new Ending(
                            Truncation.firstLine(text(tree, "status")),
                            Truncation.firstLine(text(tree, "summary")),
                            Truncation.firstLine(text(tree, "output_file")));
            default -> was;
        };
    }

    private static String doing(JsonNode progress) {
        for (String member : new String[] {"summary", "description", "last_tool_name"}) {
            String text = text(progress, member);
            if (!text.isBlank()) {
                return Truncation.firstLine(text);
            }
        }
        return "";
    }

    static boolean isEnd(String status) {
        return switch (status) {
            case "completed", "failed", "killed", "stopped" -> true;
            default -> false;
        };
    }
}
