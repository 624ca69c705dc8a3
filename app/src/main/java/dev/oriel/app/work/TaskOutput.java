package dev.oriel.app.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.TerminalText;
import dev.oriel.client.ClientException;
import dev.oriel.message.ErrorCode;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.stream.Collectors;

/// The last lines that a background task has printed, as the agent tells them.
///
/// @param text lines to show; or a sentence, if there are none
/// @param isOutput whether the text is output of the task
public record TaskOutput(String text, boolean isOutput) {
    static final TaskOutput REQUESTED = new TaskOutput("Loading …", false);

    private static final int MOST_LINES = 20;
    private static final int WIDEST = 300;

    /// How much of the end is looked at, characters.
    private static final int MOST_READ = 32 * 1024;

    /// @param reply of the agent to `get_task_output`
    static TaskOutput of(JsonNode reply) {
        String all = reply.path("output").asText("");
        String end = all.substring(Math.max(0, all.length() - MOST_READ));
        List<String> lines =
                TerminalText.render(end)
                        .stripTrailing()
                        .lines()
                        .map(l -> l.length() <= WIDEST ? l : l.substring(0, WIDEST) + "…")
                        .toList();
        String last =
                lines.stream()
                        .skip(Math.max(0, lines.size() - MOST_LINES))
                        .collect(Collectors.joining("\n"));
        return last.isBlank()
                ? new TaskOutput("It has printed nothing.", false)
                : new TaskOutput(DisplayText.output(last), true);
    }

    static TaskOutput refused(Throwable failure) {
        boolean noAgent =
                FutureFailures.unwrap(failure) instanceof ClientException e
                        && ErrorCode.NO_AGENT.equals(e.code());
        return new TaskOutput(
                noAgent
                        ? "Its output can be shown only as long as Claude's process runs."
                        : "Its output cannot be shown. "
                                + DisplayText.prose(FutureFailures.message(failure)),
                false);
    }
}
