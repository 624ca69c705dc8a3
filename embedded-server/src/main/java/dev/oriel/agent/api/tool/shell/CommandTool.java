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
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a command line in a shell: what the tools of all shells have in common.
abstract class CommandTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(CommandTool.class);
    private static final int MOST_COMMAND = 64 * 1024;
    private static final long MOST_TIMEOUT = 600_000;
    private static final long TIMEOUT = 120_000;

    private final ShellSession shell;

    CommandTool(ShellSession shell) {
        this.shell = shell;
    }

    /// The shell's program; null if it is not installed.
    abstract @Nullable Path program(ShellSession session);

    /// The arguments with which the shell runs a command, and at its end writes the directory in
    /// which it is into a file.
    ///
    /// @param script a file that does not exist; the caller removes it, except in the background
    /// @param directory null if the directory is of no interest
    /// @throws IOException if the script cannot be written
    abstract List<String> arguments(String command, Path script, @Nullable Path directory)
            throws IOException;

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
                "description":"Run it without the sandbox; only if the user is asked"}},
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
        Path program = program(shell);
        if (program == null) {
            return ToolOutcome.failed(
                    "There is no shell for " + name() + " on this computer's PATH.");
        }
        boolean inBackground = isBackground(call);
        String id = ShellSession.newId();
        Path results = context.privateFolder().resolve("tool-results");
        Path cwdFile = results.resolve(id + ".cwd");
        Path script = results.resolve(id + ".ps1");
        Path output =
                inBackground
                        ? context.privateFolder().resolve("tasks").resolve(id + ".output")
                        : results.resolve(id + ".txt");
        ShellProcess process;
        try {
            PrivateFiles.createFolders(results);
            List<String> line = new ArrayList<>(List.of(program.toString()));
            line.addAll(arguments(command(call), script, inBackground ? null : cwdFile));
            boolean wasAsked = context.reply() != null;
            // The model alone cannot decide it.
            boolean leavesSandbox =
                    wasAsked && call.input().path("dangerouslyDisableSandbox").asBoolean();
            process = shell.start(line, wasAsked, leavesSandbox, results, output);
        } catch (IOException e) {
            LOG.debug("A command cannot be started", e);
            ShellSession.discard(output);
            ShellSession.discard(script);
            return ToolOutcome.failed("The command cannot be started: " + e.getMessage());
        }
        return inBackground
                ? new BackgroundCommand(shell, process, List.of()).begin(id, call, context)
                : finish(id, call, context, process, List.of(cwdFile, script));
    }

    /// @param files of the command; they are deleted when it has ended
    private ToolOutcome finish(
            String id,
            ToolRequest call,
            ToolContext context,
            ShellProcess process,
            List<Path> files)
            throws InterruptedException {
        Duration timeout = Duration.ofMillis(timeout(call));
        boolean inTime = false;
        boolean keepsOutput = false;
        boolean movesOn = false;
        try (CancelScope.Registration _ = context.cancel().onCancel(process::endSoon)) {
            AtomicBoolean moves = shell.beginWait(call.id());
            inTime = process.waitFor(timeout, moves::get);
            context.cancel().check();
            if (!inTime && moves.get()) {
                ToolOutcome moved =
                        new BackgroundCommand(shell, process, files)
                                .move(id, call, context, ShellOutput.textOf(process.output()));
                movesOn = moved != null;
                if (moved != null) {
                    return moved;
                }
                inTime = process.waitFor(timeout); // there are too many tasks
                context.cancel().check();
            }
            if (!inTime && CommandFacts.mayMoveOn(command(call))) {
                String soFar = ShellOutput.textOf(process.output());
                ToolOutcome moved =
                        new BackgroundCommand(shell, process, files)
                                .continueWith(id, call, context, soFar, timeout);
                movesOn = moved != null;
                if (moved != null) {
                    return moved;
                }
            }
            if (!inTime) {
                process.end();
                context.cancel().check();
            }
            ShellOutput output = ShellOutput.of(process);
            keepsOutput = output.isLong();
            String note = shell.moveTo(ShellSession.readDirectory(files.getFirst()));
            if (!inTime) {
                return failed(
                        143,
                        "Command timed out after " + CommandFacts.words(timeout),
                        output,
                        note);
            }
            return outcome(call, process.exitCode(), output, note);
        } catch (IOException e) {
            LOG.debug("The output of a command cannot be read", e);
            return ToolOutcome.failed("The output of the command cannot be read.");
        } finally {
            shell.endWait(call.id());
            if (!movesOn) {
                if (!inTime || context.cancel().isCancelled()) {
                    process.end(); // also if this thread was interrupted
                }
                files.forEach(ShellSession::discard);
                shell.onEnd(process, !keepsOutput);
            }
        }
    }

    private ToolOutcome outcome(
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
                TextNode.valueOf(
                        content.isEmpty() ? "(" + name() + " completed with no output)" : content),
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
