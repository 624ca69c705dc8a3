package dev.oriel.agent.cli.install;

import dev.oriel.agent.AgentOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The environment of a CLI process: the user's own, with the changes that Oriel needs.
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
        // If Oriel was started by the CLI, its child would take itself for a nested session.
        env.remove("CLAUDECODE");
        // Variables of systemd, with which a child could report for the server.
        WATCHED.forEach(env::remove);
        givenBack(env);
        // Oriel's own settings, which include secrets (`ORIEL_JWT_SECRET`, `ORIEL_TOKEN`): the
        // agent runs programs, and none of them needs these.
        env.keySet().removeIf(CliEnvironment::isOriels);
        env.put("CLAUDE_CODE_ENTRYPOINT", "oriel");
        // Makes the CLI report the end of a turn, which a result alone does not prove.
        env.put("CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS", "1");
        // Keeps copies of files before the agent's tools change them, for `rewind_files`.
        env.put("CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING", "true");
        besideItself(machine, executable, env);
        env.putAll(settings.environment());
        return env;
    }

    /// Adds what the tools of a session need. `TodoWrite` and the tools that replaced it exclude
    /// one another: a client that names `TodoWrite`, and none of the others, was written for it.
    public static void addOptions(Map<String, String> env, AgentOptions options) {
        Set<String> named = new HashSet<>(options.allowedTools());
        if (options.tools() != null) {
            named.addAll(options.tools());
        }
        if (named.contains("TodoWrite") && Collections.disjoint(named, IN_PLACE_OF_TODO_WRITE)) {
            env.put("CLAUDE_CODE_ENABLE_TASKS", "0");
        }
    }

    /// Ignores case, because names of variables have none on Windows.
    private static boolean isOriels(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /// Restores the options for the `java` of a JDK, which the launcher of the Linux packages puts
    /// aside so that they do not apply to Oriel's own. The user's builds, which the agent may run,
    /// need them.
    private static void givenBack(Map<String, String> env) {
        String options = env.remove("ORIEL_JDK_JAVA_OPTIONS");
        if (options != null) {
            env.put("JDK_JAVA_OPTIONS", options);
        }
    }

    /// Adds the executable's folder to `PATH`: an npm installation is a script for `node`, which is
    /// in the same folder and often not on the short `PATH` of a desktop.
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
