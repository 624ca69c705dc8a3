package dev.oriel.serve;

import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.dialect.files.WorkFolder;
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
        description = "Starts the server and runs it until it is terminated.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        sortOptions = false,
        defaultValueProvider = OptionDefaults.class,
        footer = {
            "",
            "Every option can also be set in the environment (ORIEL_IDLE_TIMEOUT for"
                    + " --idle-timeout) or in a",
            "config file (idle-timeout=30m). Options have precedence over the environment, the"
                    + " environment over the file."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "6743",
            description = "The port to listen on; 0 for any free port (${DEFAULT-VALUE}).")
    private int port;

    @Mixin private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--agent",
            paramLabel = "cli|demo",
            defaultValue = "cli",
            description = "The agent of sessions whose client chooses none (${DEFAULT-VALUE}).")
    private AgentKind agent = AgentKind.cli;

    @Option(
            names = "--claude",
            paramLabel = "PATH",
            description = "The claude CLI to use. Default: searched for.")
    private @Nullable Path claude;

    @Option(
            names = "--auth",
            paramLabel = "token|none",
            defaultValue = "token",
            description =
                    "Whether clients need the token; none is possible on loopback only"
                            + " (${DEFAULT-VALUE}).")
    private Auth auth = Auth.token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file with the token; created if it is missing (DATA/token).")
    private @Nullable Path tokenFile;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of sessions and token.")
    private @Nullable Path data;

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
                    "Run the hooks and MCP servers of a folder without asking whether it is"
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

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "An additional host name of the server. Repeatable.")
    private Set<String> allowedHosts = Set.of();

    @Option(
            names = {"--allow-origin", "--cors-origin"},
            paramLabel = "ORIGIN",
            split = ",",
            converter = OriginConverter.class,
            description = "A web origin whose pages may use the server. Repeatable.")
    private Set<String> allowedOrigins = Set.of();

    @Mixin private EnhancedOptions enhanced = new EnhancedOptions();

    @Option(
            names = "--manager-permissions",
            paramLabel = "named|ask",
            defaultValue = "named",
            description =
                    "Whether the tools that a client of the manager dialect names run without"
                            + " asking, or ask that client (${DEFAULT-VALUE}).")
    private ManagerPermissions managerPermissions = ManagerPermissions.named;

    @Mixin private OneshotOptions oneshot = new OneshotOptions();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "warn",
            description =
                    "error, warn, info or debug; logs go to standard error (${DEFAULT-VALUE}).")
    private LogLevel logLevel = LogLevel.warn;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file with options, one NAME=VALUE per line (DATA/oriel.conf).")
    @SuppressWarnings("UnusedVariable") // OptionDefaults reads it before the other options
    private @Nullable Path config;

    // The constants are the values on the command line.
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
        EmbeddedServer server = EmbeddedServer.start(serverConfig());
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("shutdown").unstarted(() -> stop(server)));
        server.addHealthListener(new FailureExit(server, System.getenv()));
        server.urls().forEach(url -> System.out.println("oriel-server listening on " + url));
        System.out.flush();
        // Loaded after the start, so that the first client need not wait for it.
        Thread.ofPlatform().daemon().name("warm-up").start(Json::mapper);
        // A signal runs the shutdown hook, which ends the process.
        new CountDownLatch(1).await();
        return 0;
    }

    /// Exits with 0: a signal is the normal end of a server.
    private static void stop(EmbeddedServer server) {
        server.close();
        Runtime.getRuntime().halt(0);
    }

    private ServerConfig serverConfig() {
        check(port >= 0 && port <= 65_535, "--port must be from 0 to 65535");
        check(maxSessions > 0, "--max-sessions must be at least 1");
        check(
                !idleTimeout.isNegative() && !idleTimeout.isZero(),
                "--idle-timeout must be positive");
        check(oneshot.timeout().isPositive(), "--oneshot-timeout must be positive");
        String mode = permissionMode;
        if (mode != null) {
            Optional<String> problem = PermissionModes.problem(mode, true);
            check(problem.isEmpty(), "--permission-mode: " + problem.orElse(""));
        }
        var manager = new ManagerEnvironment(System.getenv(), this::invalid);
        ManagerEnvironment.warnAboutEnvFile(Path.of(""));
        DialectSettings dialects = dialects(System.getenv(), manager);
        if (auth == Auth.none && dialects.enhanced().jwt() != null) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .warn(
                            "The secret for JWTs protects only the enhanced dialect. With --auth"
                                    + " none all other paths are open to every program on this"
                                    + " computer.");
        }
        boolean allowBypass = "bypassPermissions".equals(mode);
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
                listen.ports(host, System.getenv(), manager, this::invalid),
                dialects,
                agents(allowBypass),
                new SessionPolicy(idleTimeout, maxSessions, allowBypass, mode, trustFolders),
                ServerLimits.defaults());
    }

    private DialectSettings dialects(Map<String, String> environment, ManagerEnvironment manager) {
        return DialectSettings.defaults()
                .withWorkFolder(WorkFolder.of(Path.of(""), environment))
                .withEnhanced(enhanced.settings(environment, this::invalid))
                .withOneshotTimeout(oneshot.timeout())
                .withManager(
                        manager.settings()
                                .withToolsNeedPermission(
                                        managerPermissions == ManagerPermissions.ask)
                                .withRate(enhanced.rate(this::invalid)));
    }

    private List<AgentProvider> agents(boolean allowBypass) {
        AgentProvider cli =
                new ClaudeCli(
                        CliSettings.defaults().withExecutable(claude).withAllowBypass(allowBypass));

        AgentProvider demo = new DemoProvider();
        return agent == AgentKind.cli ? List.of(cli, demo) : List.of(demo, cli);
    }

    private void check(boolean condition, String problem) {
        if (!condition) {
            throw invalid(problem);
        }
    }

    private ParameterException invalid(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
