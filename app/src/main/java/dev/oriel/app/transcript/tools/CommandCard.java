package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A command of a shell, with what it printed.
final class CommandCard implements ToolCard {
    /// How the CLI reports the exit code of a failed command.
    private static final Pattern EXIT_CODE =
            Pattern.compile("(?:Error: )?Exit code (\\d{1,9})\\R?");

    /// Fields that the card shows otherwise.
    private static final Set<String> SHOWN = Set.of("command", "description", "run_in_background");

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        String description = run.field("description");
        String command = run.field("command");
        boolean shown = command.equals(CardHead.shownArgument(card));
        body.heading(description, TextStyle.of("tool-prose"), "Copy command", command);
        if (!shown) {
            body.content().command(command);
        }
        for (ToolRun.Field f : run.fields()) {
            if (!SHOWN.contains(f.name())) {
                body.field(f.name().replace('_', ' '), f.text());
            }
        }
        ToolOutput output = run.output();
        if (output == null) {
            return;
        }
        String stderr = output.detail() instanceof ToolDetail.Command c ? c.stderr() : "";
        String stdout = withoutExitCode(run, output.text());
        if (!stderr.isBlank() && stdout.stripTrailing().endsWith(stderr.strip())) {
            stdout = stdout.substring(0, stdout.lastIndexOf(stderr.strip())).stripTrailing();
        }
        List<String> notes = notes(output);
        if (!stdout.isBlank()) {
            body.content().printed("Output", stdout);
        } else if (stderr.isBlank() && output.attachments().isEmpty() && notes.isEmpty()) {
            body.label("No output");
        }
        if (!stderr.isBlank()) {
            body.content().printed("Error output", stderr);
        }
        body.images(output);
        notes.forEach(body::label);
        writeEnding(run, body);
    }

    /// How a command in the background ended, with the file of what it printed.
    private static void writeEnding(ToolRun run, CardBody body) {
        SubagentRun.Ending ending = ending(run);
        if (ending == null) {
            return;
        }
        String summary = ending.summary();
        if (!summary.isBlank() && !summary.equals(run.field("description"))) {
            body.label(summary);
        }
        if (!ending.outputFile().isBlank()) {
            body.toggle("Open output file", new ClickAction.OpenFile(ending.outputFile()));
        }
    }

    private static SubagentRun.@Nullable Ending ending(ToolRun run) {
        SubagentRun.Progress progress = run.subagent().progress();
        return progress != null && progress.over() ? progress.ending() : null;
    }

    private static List<String> notes(ToolOutput output) {
        List<String> notes = new ArrayList<>();
        if (!(output.detail() instanceof ToolDetail.Command c)) {
            return notes;
        }
        if (c.interrupted()) {
            notes.add("Interrupted before it ended");
        }
        if (c.timedOut() != null) {
            notes.add(
                    "Not over after %s, so it continues in the background"
                            .formatted(Durations.format(c.timedOut())));
        }
        if (!c.taskId().isEmpty()) {
            notes.add("Background task " + c.taskId());
        }
        if (!c.savedTo().isEmpty()) {
            notes.add("The whole output is in " + c.savedTo());
        }
        return notes;
    }

    private static String withoutExitCode(ToolRun run, String text) {
        Matcher code = EXIT_CODE.matcher(text);
        return run.state() instanceof ToolState.Failed && code.lookingAt()
                ? text.substring(code.end())
                : text;
    }

    @Override
    public String failure(ToolRun run) {
        ToolOutput output = run.output();
        Matcher code = EXIT_CODE.matcher(output == null ? "" : output.text());
        return code.lookingAt() ? "exit " + code.group(1) : "failed";
    }

    @Override
    public String facts(ToolRun run) {
        if (isBackground(run)) {
            SubagentRun.Ending ending = ending(run);
            return (ending == null ? "" : ending.word() + " ") + "in the background";
        }
        return run.output() != null && run.output().detail() instanceof ToolDetail.Command c
                ? c.meaning()
                : "";
    }

    @Override
    public boolean isBackground(ToolRun run) {
        return run.output() != null
                && run.output().detail() instanceof ToolDetail.Command c
                && !c.taskId().isEmpty();
    }
}
