package dev.oriel.agent.api.tool.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The environment of the commands that the model runs: the user's own, without keys, without
/// Oriel's settings, and without variables that make harmless programs run others.
public final class ShellEnvironment {
    private static final List<String> PRIVATE_PREFIXES =
            List.of("ANTHROPIC_", "ORIEL_", "CLAUDE_CODE_", "CLAUDE_AGENT_SDK_");
    private static final Set<String> PRIVATE =
            Set.of("CLAUDECODE", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID");

    /// Each of these names a file or program that is run by something else than the command, or, as
    /// `CDPATH`, changes which folder a command is about.
    private static final Set<String> UNSAFE =
            Set.of(
                    "BASH_ENV",
                    "CDPATH",
                    "ENV",
                    "SHELLOPTS",
                    "BASHOPTS",
                    "PROMPT_COMMAND",
                    "PS4",
                    "LESSOPEN",
                    "LESSCLOSE",
                    "MANPAGER",
                    "MANOPT",
                    "RIPGREP_CONFIG_PATH",
                    "LD_PRELOAD",
                    "LD_AUDIT",
                    "DYLD_INSERT_LIBRARIES",
                    "GIT_EXTERNAL_DIFF",
                    "GIT_PROXY_COMMAND");

    /// Variables of git that commands which were allowed without an ask may have.
    private static final Set<String> SAFE_OF_GIT =
            Set.of(
                    "GIT_AUTHOR_NAME",
                    "GIT_AUTHOR_EMAIL",
                    "GIT_AUTHOR_DATE",
                    "GIT_COMMITTER_NAME",
                    "GIT_COMMITTER_EMAIL",
                    "GIT_COMMITTER_DATE",
                    "GIT_SSL_CAINFO",
                    "GIT_SSH",
                    "GIT_SSH_COMMAND",
                    "GIT_ASKPASS",
                    "GIT_CEILING_DIRECTORIES");

    private ShellEnvironment() {}

    /// The builder, whose process gets what commands get that were allowed without an ask.
    public static ProcessBuilder limit(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        Map<String, String> limited = of(Map.copyOf(environment), false);
        environment.clear();
        environment.putAll(limited);
        return builder;
    }

    /// @param parent the environment of this process
    /// @param wasAsked whether the user has seen the command; if not, it also loses variables that
    ///   change what a command does
    public static Map<String, String> of(Map<String, String> parent, boolean wasAsked) {
        Map<String, String> env = new HashMap<>();
        parent.forEach((name, value) -> {
            if (isPassedOn(name.toUpperCase(Locale.ROOT), wasAsked)) {
                env.put(name, value);
            }
        });
        String options = parent.get("ORIEL_JDK_JAVA_OPTIONS");
        if (options != null) {
            env.put("JDK_JAVA_OPTIONS", options); // what the launcher of a package has put aside
        }
        // Nobody could use a pager or an editor, or type a password.
        env.put("PAGER", "cat");
        env.put("GIT_PAGER", "cat");
        env.put("GIT_EDITOR", "true");
        env.put("GIT_TERMINAL_PROMPT", "0");
        env.putIfAbsent("TERM", "dumb");
        if (!wasAsked) {
            // Programs that the settings of a repository name, and writes of commands that read.
            env.put("GIT_OPTIONAL_LOCKS", "0");
            env.put("GIT_CONFIG_COUNT", "2");
            env.put("GIT_CONFIG_KEY_0", "core.fsmonitor");
            env.put("GIT_CONFIG_VALUE_0", "false");
            env.put("GIT_CONFIG_KEY_1", "diff.external");
            env.put("GIT_CONFIG_VALUE_1", "");
        }
        return env;
    }

    private static boolean isPassedOn(String name, boolean wasAsked) {
        if (PRIVATE.contains(name) || UNSAFE.contains(name) || name.startsWith("BASH_FUNC_")) {
            return false;
        }
        if (PRIVATE_PREFIXES.stream().anyMatch(name::startsWith)) {
            return false;
        }
        return wasAsked || !name.startsWith("GIT_") || SAFE_OF_GIT.contains(name);
    }
}
