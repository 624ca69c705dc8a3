package dev.oriel.agent.api.tool.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a command line in bash.
final class BashTool extends CommandTool {
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

    BashTool(ShellSession shell) {
        super(shell);
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
        command goes on in the background; one that begins with `sleep` is ended.
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
    @Nullable Path program(ShellSession session) {
        return session.find("bash");
    }

    @Override
    List<String> arguments(String command, Path script, @Nullable Path directory) {
        String target = directory == null ? "/dev/null" : directory.toString();
        return List.of("-c", SCRIPT, "bash", command, target);
    }
}
