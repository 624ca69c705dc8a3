package dev.oriel.agent.cli.install;

import dev.oriel.agent.AgentOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The environment of a CLI process: the person's own, with what Oriel must change.
public final class CliEnvironment {
    private static final String PREFIX = "ORIEL_";
    private static final List<String> WATCHED =
            List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");
    private static final Set<String> IN_PLACE_OF_TODO_WRITE =
            Set.of("TaskCreate", "TaskGet", "TaskList", "TaskUpdate");

    private CliEnvironment() {}

    public static Map<String, String> of(
            HostMachine machine, CliSettings settings, Path executable) {
        Map<String, String> env = new HashMap<>(machine.environment());
        // Where Oriel itself was started from inside the CLI, a child would think that it is
        // nested.
        env.remove("CLAUDECODE");
        // systemd's, by which a child would speak for the server.
        WATCHED.forEach(env::remove);
        givenBack(env);
        // What Oriel itself is told, secrets among it (`ORIEL_JWT_SECRET`, `ORIEL_TOKEN`): the
        // agent runs programs, and none of them has any use for it.
        env.keySet().removeIf(CliEnvironment::isOriels);
        env.put("CLAUDE_CODE_ENTRYPOINT", "oriel");
        // The CLI then says when a turn is really over, which a result alone does not tell.
        env.put("CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS", "1");
        besideItself(machine, executable, env);
        env.putAll(settings.environment());
        return env;
    }

    /// What a session's own tools need. `TodoWrite` and the tools that came in its place exclude
    /// one another: a client that names it, and none of them, was written for it.
    public static void addOptions(Map<String, String> env, AgentOptions options) {
        Set<String> named = new HashSet<>(options.allowedTools());
        if (options.tools() != null) {
            named.addAll(options.tools());
        }
        if (named.contains("TodoWrite") && Collections.disjoint(named, IN_PLACE_OF_TODO_WRITE)) {
            env.put("CLAUDE_CODE_ENABLE_TASKS", "0");
        }
    }

    /// In any letters, as names of variables have no case on Windows.
    private static boolean isOriels(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /// The launcher of the Linux packages puts aside what is meant for the `java` of a JDK, so that
    /// it does not count for Oriel's own; the person's builds, which the agent may run, need it.
    private static void givenBack(Map<String, String> env) {
        String options = env.remove("ORIEL_JDK_JAVA_OPTIONS");
        if (options != null) {
            env.put("JDK_JAVA_OPTIONS", options);
        }
    }

    /// An npm installation is a script for `node`, which lies beside it and often not on a
    /// desktop's short `PATH`.
    private static void besideItself(
            HostMachine machine, Path executable, Map<String, String> env) {
        Path folder = executable.getParent();
        if (folder == null || machine.isWindows()) {
            return;
        }
        String path = env.getOrDefault("PATH", "");
        env.put("PATH", path.isEmpty() ? folder.toString() : path + ":" + folder);
    }
}
