package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentStatus.Missing;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderInspector;
import dev.oriel.agent.McpRegistry;
import dev.oriel.agent.asks.AskEnricher;
import dev.oriel.agent.cli.install.CliEnvironment;
import dev.oriel.agent.cli.install.CliFinder;
import dev.oriel.agent.cli.install.CliFolderInspector;
import dev.oriel.agent.cli.install.CliMcpRegistry;
import dev.oriel.agent.cli.install.CliProbe;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.agent.cli.process.CliCommandLine;
import dev.oriel.agent.cli.process.CliProcess;
import dev.oriel.agent.cli.process.CliProcessLoop.ProcessStarter;
import dev.oriel.agent.cli.process.CliWatchdog;
import dev.oriel.agent.cli.protocol.CliAgent;
import dev.oriel.agent.cli.protocol.InitializeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The user's own `claude` CLI as an agent: one process per running agent, started in the session's
/// folder and with the user's environment.
///
/// **Life cycle.** [#close()] ends every process that it started; after that none is started. If
/// the program ends without it, a shutdown hook does the same with less patience; if the program is
/// killed, a [CliWatchdog] does.
///
/// **Threads.** All methods may be called from any thread.
public final class ClaudeCli implements AgentProvider, AutoCloseable {
    private static final Duration SETTINGS_DEADLINE = Duration.ofSeconds(60);

    private final CliSettings settings;
    private final HostMachine machine;
    private final ScheduledThreadPoolExecutor clock;
    private final RunningAgents agents;
    private final CliWatchdog watchdog;

    /// Whether the CLI is asked to report hooks; false once it turned out that it cannot.
    private volatile boolean hookEvents = true;

    public ClaudeCli(CliSettings settings) {
        this(settings, HostMachine.current());
    }

    /// @param machine where the CLI is searched, and whose environment it inherits
    public ClaudeCli(CliSettings settings, HostMachine machine) {
        this.settings = settings;
        this.machine = machine;
        this.agents = new RunningAgents();
        this.watchdog = new CliWatchdog(machine);
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("oriel-cli-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String kind() {
        return "cli";
    }

    /// Whether the CLI is there. Reads folders only; whether somebody is logged in is [#status()].
    public boolean isInstalled() {
        return CliFinder.find(settings, machine).isPresent();
    }

    @Override
    public AgentStatus status() {
        return new CliProbe(settings, machine).status();
    }

    @Override
    public FolderInspector folderInspector() {
        return new CliFolderInspector(machine.home());
    }

    @Override
    public McpRegistry mcpRegistry() {
        return new CliMcpRegistry(settings, machine);
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener)
            throws AgentUnavailableException {
        Optional<Path> executable = CliFinder.find(settings, machine);
        if (executable.isEmpty()) {
            Missing missing = new CliProbe(settings, machine).missing();
            throw new AgentUnavailableException(missing.what() + " " + missing.remedy());
        }
        if (!Files.isDirectory(launch.cwd())) {
            throw new AgentUnavailableException(
                    "The session's folder is not there any more. Put it back, or start a session"
                            + " in another one.");
        }
        CliCommandLine line = CliCommandLine.of(executable.get(), launch, settings.allowBypass());
        Optional<ObjectNode> rules = CliCommandLine.flagSettings(launch.options());
        ObjectNode initialize = InitializeRequest.of(launch);
        Map<String, String> environment = CliEnvironment.of(machine, settings, executable.get());
        CliEnvironment.addOptions(environment, launch.options());
        environment.putAll(launch.secrets().variables());
        try {
            CliAgent agent =
                    agents.start(() -> start(line, initialize, launch, environment, listener));
            rules.ifPresent(request -> agent.sendControlRequest(request, SETTINGS_DEADLINE));
            return agent;
        } catch (IOException e) {
            throw new AgentUnavailableException(
                    "The claude CLI was found, but it cannot be started. Install it again, or run"
                            + " `claude update`.",
                    e);
        }
    }

    private CliAgent start(
            CliCommandLine line,
            ObjectNode initialize,
            AgentLaunch launch,
            Map<String, String> environment,
            AgentListener listener)
            throws IOException {
        ProcessStarter starter =
                new ProcessStarter() {
                    @Override
                    public CliProcess start(Conversation conversation) throws IOException {
                        List<String> arguments = line.forConversation(conversation, hookEvents);
                        return watched(CliProcess.start(arguments, launch.cwd(), environment));
                    }

                    @Override
                    public void omitHookEvents() {
                        hookEvents = false;
                    }
                };
        return CliAgent.start(
                starter,
                launch,
                initialize,
                new AskEnricher(launch.cwd(), listener),
                clock,
                settings.timeouts());
    }

    private CliProcess watched(CliProcess process) {
        watchdog.watch(process.pid());
        process.onExit().thenRun(() -> watchdog.unwatch(process.pid()));
        return process;
    }

    /// Closes every agent, and kills those that do not end. Blocks until all have ended, at most
    /// about as long as the [CliTimeouts] add up to.
    @Override
    public void close() {
        CliTimeouts timeouts = settings.timeouts();
        agents.close(timeouts.endOfInput().plus(timeouts.terminate()).plusSeconds(2));
        watchdog.close();
        clock.shutdownNow();
    }
}
