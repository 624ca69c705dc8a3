package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentStatus.Missing;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.FolderInspector;
import dev.oriel.agent.asks.AskEnricher;
import dev.oriel.agent.cli.install.CliEnvironment;
import dev.oriel.agent.cli.install.CliFinder;
import dev.oriel.agent.cli.install.CliFolderInspector;
import dev.oriel.agent.cli.install.CliProbe;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.agent.cli.process.CliCommandLine;
import dev.oriel.agent.cli.process.CliProcess;
import dev.oriel.agent.cli.process.CliProcessLoop;
import dev.oriel.agent.cli.process.CliWatchdog;
import dev.oriel.agent.cli.protocol.CliAgent;
import dev.oriel.agent.cli.protocol.InitializeRequest;
import dev.oriel.agent.cli.protocol.SerialListener;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/// The person's own `claude` CLI as an agent: one process per running agent, started in the
/// session's folder and with the person's environment.
///
/// **Life.** [#close()] ends every process that it started; after that none is started. Should the
/// program end without it, a shutdown hook does the same with less patience; should it be killed, a
/// [CliWatchdog] does.
///
/// **Threads.** All methods may be called from any thread.
public final class ClaudeCli implements AgentProvider, AutoCloseable {
    private static final Duration MCP_DEADLINE = Duration.ofSeconds(60);
    private static final Duration SETTINGS_DEADLINE = Duration.ofSeconds(60);

    private final CliSettings settings;
    private final HostMachine machine;
    private final ScheduledThreadPoolExecutor clock;
    private final RunningAgents live;
    private final CliWatchdog watchdog;

    public ClaudeCli(CliSettings settings) {
        this(settings, HostMachine.current());
    }

    /// @param machine where the CLI is looked for, and whose environment it inherits
    public ClaudeCli(CliSettings settings, HostMachine machine) {
        this.settings = settings;
        this.machine = machine;
        this.live = new RunningAgents();
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

    @Override
    public AgentStatus status() {
        return new CliProbe(settings, machine).status();
    }

    @Override
    public FolderInspector folderInspector() {
        return new CliFolderInspector(machine.home());
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
                    "The session's folder is not there any more. Put it back, or begin a session"
                            + " in another one.");
        }
        CliCommandLine line = CliCommandLine.of(executable.get(), launch, settings.allowBypass());
        Optional<ObjectNode> rules = CliCommandLine.flagSettings(launch.options());
        ObjectNode introduction = InitializeRequest.of(launch);
        Map<String, String> environment = CliEnvironment.of(machine, settings, executable.get());
        CliEnvironment.addOptions(environment, launch.options());
        environment.putAll(launch.secrets().variables());
        try {
            CliAgent agent =
                    live.start(
                            gone -> start(line, introduction, launch, environment, listener, gone));
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
            ObjectNode introduction,
            AgentLaunch launch,
            Map<String, String> environment,
            AgentListener listener,
            Consumer<CliAgent> gone)
            throws IOException {
        var voice = new SerialListener(new AskEnricher(launch.cwd(), listener));
        CliProcessLoop life =
                CliProcessLoop.start(
                        conversation ->
                                watched(
                                        CliProcess.start(
                                                line.forConversation(conversation),
                                                launch.cwd(),
                                                environment,
                                                voice::onStderr)),
                        launch.conversation(),
                        clock);
        CliAgent agent =
                CliAgent.start(
                        life,
                        introduction,
                        launch.tools(),
                        launch.clients(),
                        voice,
                        clock,
                        settings.timeouts(),
                        gone);
        String servers = launch.secrets().mcpServers();
        if (servers != null) {
            connect(agent, Json.mapper().readTree(servers), voice);
        }
        return agent;
    }

    /// Over standard input, as the servers' headers may hold keys: every program of the machine can
    /// read a command line.
    private static void connect(CliAgent agent, JsonNode servers, SerialListener voice) {
        ObjectNode request = Json.object().put("subtype", "mcp_set_servers");
        request.set("servers", servers);
        agent.sendControlRequest(request, MCP_DEADLINE)
                .thenAccept(answer -> {
                    List<String> failed = new ArrayList<>();
                    answer.at("/response/errors")
                            .properties()
                            .forEach(e ->
                                    failed.add(
                                            "MCP server %s: %s"
                                                    .formatted(e.getKey(), e.getValue().asText())));
                    if (!failed.isEmpty()) {
                        voice.onStderr(failed);
                    }
                });
    }

    private CliProcess watched(CliProcess process) {
        watchdog.watch(process.pid());
        process.onExit().thenRun(() -> watchdog.unwatch(process.pid()));
        return process;
    }

    /// Ends every agent in good order, and by force where that does not help. Blocks until all are
    /// gone, about as long as [CliTimeouts] says at most.
    @Override
    public void close() {
        CliTimeouts times = settings.timeouts();
        live.close(times.endOfInput().plus(times.terminate()).plusSeconds(2));
        watchdog.close();
        clock.shutdownNow();
    }
}
