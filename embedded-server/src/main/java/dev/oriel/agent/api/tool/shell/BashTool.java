package dev.oriel.agent.api.tool.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a command line in bash.
public final class BashTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(BashTool.class);
    private static final int MOST_COMMAND = 64 * 1024;
    private static final long MOST_TIMEOUT = 600_000;
    private static final long TIMEOUT = 120_000;

    /// Runs the command, then notes the directory in which it has ended. The command is evaluated,
    /// not appended to, so that its last line can be a comment or the end of a here-document.
    private static final String SCRIPT =
            """
            __oriel_command=$1 __oriel_cwd=$2; set --
            eval "$__oriel_command"
            __oriel_status=$?
            { pwd -P >|"$__oriel_cwd"; } 2>/dev/null
            exit "$__oriel_status"
            """;

    private final ShellSession shell;

    public BashTool(ShellSession shell) {
        this.shell = shell;
    }

    @Override
    public String name() {
        return "Bash";
    }

    @Override
    public String description() {
        return """
        Runs a command line in bash and returns what it prints, standard output and error output \
        together. Each call is a new process: only the working directory is kept for the next \
        call, and it is reset to the session's folder when a command leaves that. Nothing can be \
        typed into a running command.

        - `timeout` is in milliseconds: 120000 by default, 600000 at most. When it has passed, the \
        command and everything that it started is ended.
        - Output of more than 30000 characters is saved to a file; you get its beginning and the \
        path, and can read the rest with Read or Grep.
        - Set `run_in_background` for servers, watchers and long builds. You get an id and the \
        path of the output at once and are told when the command has ended; TaskStop ends it.
        - `description` says in a few words what the command does.
        - Prefer Read, Edit, Write, Glob and Grep to cat, sed, echo, find and grep: the user sees \
        better what they do.
        - Quote paths that contain spaces. Join commands that depend on each other with `&&`.
        - Do not wait with `sleep` for something that you have started; do not use programs that \
        need a terminal.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "command":{"type":"string","description":"The command line"},
                "timeout":{"type":"number","description":"Milliseconds, 600000 at most"},
                "description":{"type":"string","description":"What it does, in 5 to 10 words"},
                "run_in_background":{"type":"boolean","description":"Do not wait for its end"},
                "dangerouslyDisableSandbox":{"type":"boolean",
                "description":"Run it without the sandbox; the user is always asked"}},
                "required":["command"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        String command = command(call);
        if (command.indexOf('\0') >= 0) {
            return ToolOutcome.refused("The command contains a NUL character.");
        }
        if (command.length() > MOST_COMMAND) {
            return ToolOutcome.refused(
                    "The command has "
                            + command.length()
                            + " characters; at most "
                            + MOST_COMMAND
                            + " are possible. Write a script file and run that.");
        }
        String sleep = CommandFacts.longSleep(command);
        if (sleep != null && !isBackground(call)) {
            return ToolOutcome.refused(
                    "Blocked: standalone "
                            + sleep
                            + ". To wait for a condition, use a loop that ends with it (for example"
                            + " `until <check>; do sleep 1; done`). To wait for a command that you"
                            + " started, use run_in_background: true; you are told when it ends.");
        }
        return null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.running(command(call), shell.cwd());
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        context.cancel().check();
        Path bash = ProcessTree.onPath("bash");
        if (bash == null) {
            return ToolOutcome.failed("There is no bash on this computer's PATH.");
        }
        boolean inBackground = isBackground(call);
        String id = ShellSession.newId();
        Path cwdFile = context.privateFolder().resolve("tool-results").resolve(id + ".cwd");
        Path output =
                inBackground
                        ? context.privateFolder().resolve("tasks").resolve(id + ".output")
                        : context.privateFolder().resolve("tool-results").resolve(id + ".txt");
        List<String> line =
                List.of(bash.toString(), "-c", SCRIPT, "bash", command(call), cwdFile.toString());
        ShellProcess process;
        try {
            process = shell.start(line, context.reply() != null, output);
        } catch (IOException e) {
            LOG.debug("A command cannot be started", e);
            ShellSession.discard(output);
            return ToolOutcome.failed("The command cannot be started: " + e.getMessage());
        }
        return inBackground
                ? new BackgroundCommand(shell, process).begin(id, call, context)
                : finish(call, context, process, cwdFile);
    }

    private ToolOutcome finish(
            ToolRequest call, ToolContext context, ShellProcess process, Path cwdFile)
            throws InterruptedException {
        Duration timeout = Duration.ofMillis(timeout(call));
        boolean inTime = false;
        boolean keepsOutput = false;
        try (CancelScope.Registration _ = context.cancel().onCancel(process::endSoon)) {
            inTime = process.waitFor(timeout);
            if (!inTime) {
                process.end();
            }
            context.cancel().check();
            ShellOutput output = ShellOutput.of(process);
            keepsOutput = output.isLong();
            String note = shell.moveTo(ShellSession.readDirectory(cwdFile));
            if (!inTime) {
                return failed(143, "Command timed out after " + words(timeout), output, note);
            }
            return outcome(call, process.exitCode(), output, note);
        } catch (IOException e) {
            LOG.debug("The output of a command cannot be read", e);
            return ToolOutcome.failed("The output of the command cannot be read.");
        } finally {
            if (!inTime || context.cancel().isCancelled()) {
                process.end(); // also if this thread was interrupted
            }
            ShellSession.discard(cwdFile);
            shell.onEnd(process, !keepsOutput);
        }
    }

    private static ToolOutcome outcome(
            ToolRequest call, int exitCode, ShellOutput output, @Nullable String note)
            throws IOException {
        String meaning = CommandFacts.meaning(command(call), exitCode);
        if (exitCode != 0 && meaning == null) {
            return failed(exitCode, "", output, note);
        }
        String text = output.forModel();
        ObjectNode structured =
                Json.object()
                        .put("stdout", output.text())
                        .put("stderr", note == null ? "" : "\n" + note)
                        .put("interrupted", false)
                        .put("isImage", false)
                        .put("noOutputExpected", CommandFacts.isSilent(command(call)));
        if (meaning != null) {
            structured.put("returnCodeInterpretation", meaning);
        }
        if (output.isLong()) {
            structured
                    .put("persistedOutputPath", output.file().toString())
                    .put("persistedOutputSize", Files.size(output.file()));
        }
        String content = note == null ? text : text.isEmpty() ? note : text + "\n" + note;
        return new ToolOutcome.Ok(
                TextNode.valueOf(content.isEmpty() ? "(Bash completed with no output)" : content),
                structured,
                List.of(),
                false);
    }

    private static ToolOutcome failed(
            int exitCode, String reason, ShellOutput output, @Nullable String note) {
        StringBuilder text = new StringBuilder("Exit code " + exitCode);
        for (String part : List.of(reason, output.forModel(), note == null ? "" : note)) {
            if (!part.isEmpty()) {
                text.append('\n').append(part);
            }
        }
        return ToolOutcome.failed(text.toString());
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return time.toMillis() + "ms";
        }
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m " + seconds % 60 + "s";
    }

    private static String command(ToolRequest call) {
        return call.input().path("command").asText();
    }

    private static boolean isBackground(ToolRequest call) {
        return call.input().path("run_in_background").asBoolean();
    }

    private static long timeout(ToolRequest call) {
        long given = call.input().path("timeout").asLong(TIMEOUT);
        return given <= 0 ? TIMEOUT : Math.min(given, MOST_TIMEOUT);
    }
}
