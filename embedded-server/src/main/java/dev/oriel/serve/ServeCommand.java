package dev.oriel.serve;

import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.dialect.WorkFolder;
import dev.oriel.gateway.AccessSettings;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerLimits;
import dev.oriel.gateway.ServerStartException;
import dev.oriel.message.Json;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.SessionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `oriel-server serve`.
@Command(
        name = "serve",
        description = "Starts the server and runs until it is told to end.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        sortOptions = false,
        defaultValueProvider = OptionDefaults.class,
        footer = {
            "",
            "Every option can also be set in the environment (--idle-timeout is ORIEL_IDLE_TIMEOUT)"
                    + " or in a",
            "config file (idle-timeout=30m). Options count before the environment, that before the"
                    + " file."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "6743",
            description = "Port to listen on; 0 picks one (${DEFAULT-VALUE}).")
    private int port;

    @Mixin private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--agent",
            paramLabel = "cli|demo",
            defaultValue = "cli",
            description = "Who answers where a client does not choose (${DEFAULT-VALUE}).")
    private AgentKind agent = AgentKind.cli;

    @Option(
            names = "--claude",
            paramLabel = "PATH",
            description = "The claude CLI to use; found by itself if not given.")
    private @Nullable Path claude;

    @Option(
            names = "--auth",
            paramLabel = "token|none",
            defaultValue = "token",
            description =
                    "Whether clients need the token; none only on loopback (${DEFAULT-VALUE}).")
    private Auth auth = Auth.token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where the token stands; made if it is not there (DATA/token).")
    private @Nullable Path tokenFile;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for sessions and token.")
    private @Nullable Path data;

    @Option(
            names = "--permission-mode",
            paramLabel = "MODE",
            description =
                    "Permission mode where a client does not choose: default, acceptEdits, plan,"
                            + " dontAsk, auto, or bypassPermissions, which also lets clients choose"
                            + " it.")
    private @Nullable String permissionMode;

    @Option(
            names = "--trust-folders",
            description =
                    "Run the hooks and MCP servers that a folder brings without asking whether it"
                            + " is trusted.")
    private boolean trustFolders;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description =
                    "After how long without work an agent is closed, as 90s, 15m or 2h"
                            + " (${DEFAULT-VALUE}). It resumes by itself.")
    private Duration idleTimeout = Duration.ofMinutes(15);

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How many agents may run at once; prompts to others wait (${DEFAULT-VALUE}).")
    private int maxSessions;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "A further name by which clients may call the server. Repeatable.")
    private Set<String> allowedHosts = Set.of();

    @Option(
            names = {"--allow-origin", "--cors-origin"},
            paramLabel = "ORIGIN",
            split = ",",
            converter = OriginConverter.class,
            description = "A web origin whose pages may call the server. Repeatable.")
    private Set<String> allowedOrigins = Set.of();

    @Mixin private EnhancedOptions enhanced = new EnhancedOptions();

    @Option(
            names = "--manager-permissions",
            paramLabel = "named|ask",
            defaultValue = "named",
            description =
                    "Whether the tools that a client of the manager dialect names run unasked, or"
                            + " ask that client (${DEFAULT-VALUE}).")
    private ManagerPermissions managerPermissions = ManagerPermissions.named;

    @Mixin private OneshotOptions oneshot = new OneshotOptions();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "warn",
            description = "error, warn, info or debug, on standard error (${DEFAULT-VALUE}).")
    private LogLevel logLevel = LogLevel.warn;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file with options, one NAME=VALUE a line (DATA/oriel.conf).")
    @SuppressWarnings("UnusedVariable") // it counts before the others: Defaults reads it
    private @Nullable Path config;

    // The constants are the words of the command line.
    enum AgentKind {
        cli,
        demo
    }

    enum Auth {
        token,
        none
    }

    enum ManagerPermissions {
        named,
        ask
    }

    enum LogLevel {
        error,
        warn,
        info,
        debug
    }

    @Override
    public Integer call() throws ServerStartException, InterruptedException {
        LoggingSetup.configure(logLevel);
        FailureExit.haltOnFatalErrors();
        ServerConfig wanted = serverConfig();
        EmbeddedServer server = EmbeddedServer.start(wanted);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> end(server)));
        server.addHealthListener(new FailureExit(server, System.getenv()));
        server.urls().forEach(url -> System.out.println("oriel-server listening on " + url));
        System.out.flush();
        // Nothing until here needs it, and the first client finds it loaded.
        Thread.ofPlatform().daemon().name("warm-up").start(Json::mapper);
        // Until a signal comes; the hook then ends the process.
        new CountDownLatch(1).await();
        return 0;
    }

    /// Being told to end is not a failure, which is what the exit code of a signal would say.
    private static void end(EmbeddedServer server) {
        server.close();
        Runtime.getRuntime().halt(0);
    }

    private ServerConfig serverConfig() {
        check(port >= 0 && port <= 65_535, "--port must be from 0 to 65535");
        check(maxSessions > 0, "--max-sessions must be at least 1");
        check(
                !idleTimeout.isNegative() && !idleTimeout.isZero(),
                "--idle-timeout must be longer than nothing");
        check(oneshot.timeout().isPositive(), "--oneshot-timeout must be longer than nothing");
        String mode = permissionMode;
        if (mode != null) {
            Optional<String> problem = PermissionModes.problem(mode, true);
            check(problem.isEmpty(), "--permission-mode: " + problem.orElse(""));
        }
        var manager = new ManagerEnvironment(System.getenv(), this::refuse);
        ManagerEnvironment.warnAboutEnvFile(Path.of(""));
        DialectSettings dialects = dialects(System.getenv(), manager);
        if (auth == Auth.none && dialects.enhanced().jwt() != null) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .warn(
                            "The secret for JWTs guards only the enhanced dialect. With --auth none"
                                    + " every other path is open to all programs on this"
                                    + " computer.");
        }
        boolean mayBypass = "bypassPermissions".equals(mode);
        Path dataDir =
                (data == null ? DataFolder.defaultPath() : data).toAbsolutePath().normalize();
        return new ServerConfig(
                ServerConfig.SERVER,
                host,
                port,
                dataDir,
                new AccessSettings(
                        tokenFile == null ? dataDir.resolve("token") : tokenFile.toAbsolutePath(),
                        auth == Auth.token,
                        allowedHosts,
                        allowedOrigins),
                listen.ports(host, System.getenv(), manager, this::refuse),
                dialects,
                agents(mayBypass),
                new SessionPolicy(idleTimeout, maxSessions, mayBypass, mode, trustFolders),
                ServerLimits.standard());
    }

    private DialectSettings dialects(Map<String, String> environment, ManagerEnvironment manager) {
        return DialectSettings.standard()
                .withWorkFolder(WorkFolder.of(Path.of(""), environment))
                .withEnhanced(enhanced.settings(environment, this::refuse))
                .withOneshotTimeout(oneshot.timeout())
                .withManager(
                        manager.settings()
                                .withToolsNeedPermission(
                                        managerPermissions == ManagerPermissions.ask)
                                .withRate(enhanced.rate(this::refuse)));
    }

    private List<AgentProvider> agents(boolean mayBypass) {
        AgentProvider cli =
                new ClaudeCli(
                        CliSettings.standard().withExecutable(claude).withAllowBypass(mayBypass));

        AgentProvider demo = new DemoProvider();
        return agent == AgentKind.cli ? List.of(cli, demo) : List.of(demo, cli);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw refuse(otherwise);
        }
    }

    private ParameterException refuse(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }
}
