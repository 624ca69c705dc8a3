package dev.oriel.serve;

import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.SessionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options for sessions of all dialects and for their agents.
final class SessionOptions {
    @Option(
            names = "--agent",
            paramLabel = "cli|api|demo",
            defaultValue = "cli",
            description = "The agent of sessions whose client chooses none (${DEFAULT-VALUE}).")
    private AgentKind agent = AgentKind.cli;

    @Option(
            names = "--claude",
            paramLabel = "PATH",
            description = "The claude CLI to use. Default: searched for.")
    private @Nullable Path claude;

    @Option(
            names = "--permission-mode",
            paramLabel = "MODE",
            description =
                    "The permission mode of sessions whose client chooses none: default,"
                            + " acceptEdits, plan, dontAsk, auto, or bypassPermissions, which also"
                            + " allows clients to choose it.")
    private @Nullable String permissionMode;

    @Option(
            names = "--trust-folders",
            description =
                    "Runs the hooks and MCP servers of a folder without asking whether it is"
                            + " trusted.")
    private boolean trustFolders;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description =
                    "How long an agent may be idle before it is stopped: 90s, 15m or 2h"
                            + " (${DEFAULT-VALUE}). The next prompt starts it again.")
    private Duration idleTimeout = Duration.ofMinutes(15);

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How many agents may run at the same time; further prompts wait"
                            + " (${DEFAULT-VALUE}).")
    private int maxSessions;

    // The constants are the values on the command line.
    enum AgentKind {
        cli,
        api,
        demo
    }

    /// @param exception creates the exception for an invalid value from a sentence
    SessionPolicy policy(Function<String, ? extends RuntimeException> exception) {
        if (maxSessions < 1) {
            throw exception.apply("--max-sessions must be at least 1");
        }
        if (!idleTimeout.isPositive()) {
            throw exception.apply("--idle-timeout must be positive");
        }
        if (permissionMode != null && PermissionModes.problem(permissionMode, true).isPresent()) {
            throw exception.apply(
                    "--permission-mode must be one of "
                            + String.join(", ", PermissionModes.names()));
        }
        return new SessionPolicy(
                idleTimeout, maxSessions, allowsBypass(), permissionMode, trustFolders);
    }

    /// All agents, the default one first.
    ///
    /// @param api the agents on the Messages API
    List<AgentProvider> agents(AgentProvider api) {
        AgentProvider cli =
                new ClaudeCli(
                        CliSettings.defaults()
                                .withExecutable(claude)
                                .withAllowBypass(allowsBypass()));
        AgentProvider demo = new DemoProvider();
        return switch (agent) {
            case cli -> List.of(cli, api, demo);
            case api -> List.of(api, cli, demo);
            case demo -> List.of(demo, cli, api);
        };
    }

    boolean allowsBypass() {
        return "bypassPermissions".equals(permissionMode);
    }
}
