package dev.oriel.app.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the CLI reports of a command in the background: `BashOutput` and `TaskOutput` as elements
/// such as `<status>`, `KillShell` and `TaskStop` as a JSON object with a `message` and an id.
///
/// @param state in words; may be empty
/// @param exitCode may be empty
/// @param message may be empty
public record TaskReport(
        String state, String exitCode, String output, String errors, String message) {
    private static final Set<String> NAMES =
            Set.of(
                    "retrieval_status",
                    "task_id",
                    "task_type",
                    "status",
                    "exit_code",
                    "stdout",
                    "stderr",
                    "output",
                    "error",
                    "timestamp");

    /// An element ends where the text ends or the next one begins, because a program may print such
    /// elements too.
    private static final Pattern ELEMENT =
            Pattern.compile(
                    "\\s*+<(%1$s)>(.*?)(?:</\\1>(?=\\s*+(?:\\z|<(?:%1$s)>))|\\z)"
                            .formatted(String.join("|", NAMES)),
                    Pattern.DOTALL);

    /// @return null if the text is no report
    public static @Nullable TaskReport of(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") ? json(start) : elements(text.stripTrailing());
    }

    private static @Nullable TaskReport json(String text) {
        try {
            JsonNode report = Json.mapper().readTree(text);
            JsonNode message = report.path("message");
            // A program may print such an object too.
            boolean ofTask = report.has("task_id") || report.has("shell_id");
            return ofTask && message.isTextual()
                    ? new TaskReport("", "", "", "", message.textValue().strip())
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable TaskReport elements(String text) {
        Map<String, String> found = new HashMap<>();
        Matcher element = ELEMENT.matcher(text);
        int end = 0;
        while (end < text.length() && element.region(end, text.length()).lookingAt()) {
            String name = element.group(1);
            if (element.end(2) == text.length() && element.group(2).contains("</" + name + '>')) {
                return null;
            }
            found.putIfAbsent(name, element.group(2));
            end = element.end();
        }
        if (end < text.length() || !(found.containsKey("status") || found.containsKey("output"))) {
            return null;
        }
        return new TaskReport(
                word(found.getOrDefault("status", "")),
                found.getOrDefault("exit_code", "").strip(),
                inner(found.getOrDefault("stdout", found.getOrDefault("output", ""))),
                inner(found.getOrDefault("stderr", found.getOrDefault("error", ""))),
                "");
    }

    private static String word(String status) {
        return switch (status.strip()) {
            case "completed" -> "ended";
            case "killed" -> "stopped";
            case String other -> oneLine(other);
        };
    }

    private static String oneLine(String text) {
        return DisplayText.argument(text.strip()).replace('\n', ' ');
    }

    private static String inner(String text) {
        return (text.startsWith("\n") ? text.substring(1) : text).stripTrailing();
    }

    /// The state with the exit code; may be empty.
    public String ending() {
        String exit = exitCode.isEmpty() ? "" : "exit " + oneLine(exitCode);
        return state.isEmpty() || exit.isEmpty() ? state + exit : state + ", " + exit;
    }
}
