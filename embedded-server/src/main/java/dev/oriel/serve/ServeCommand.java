package dev.oriel.serve;

import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.api.ApiAgents;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerLimits;
import dev.oriel.gateway.ServerStartException;
import dev.oriel.message.Json;
import dev.oriel.session.api.SessionPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
                    + " --idle-timeout) or in a config file (idle-timeout=30m). Options have"
                    + " precedence over the environment, and the environment over the file."
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

    @Mixin private SessionOptions sessions = new SessionOptions();

    @Mixin private ApiOptions api = new ApiOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder of sessions and token. Default: oriel-server in the folder for the"
                            + " data of programs, on Linux ~/.local/share.")
    private @Nullable Path data;

    @Mixin private AccessOptions access = new AccessOptions();

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
        Map<String, String> environment = System.getenv();
        check(port >= 0 && port <= 65_535, "--port must be from 0 to 65535");
        check(oneshot.timeout().isPositive(), "--oneshot-timeout must be positive");
        SessionPolicy policy = sessions.policy(this::invalid);
        var manager = new ManagerEnvironment(environment, this::invalid);
        ManagerEnvironment.warnAboutEnvFile(Path.of(""));
        DialectSettings dialects = dialects(environment, manager);
        if (!access.needsToken() && dialects.enhanced().jwt() != null) {
            LoggerFactory.getLogger(ServeCommand.class)
                    .warn(
                            "The secret for JWTs protects only the enhanced dialect. With --auth"
                                    + " none all other paths are open to every program on this"
                                    + " computer.");
        }
        Path dataFolder =
                (data == null ? DataFolder.defaultPath() : data).toAbsolutePath().normalize();
        api.trustAuthorities(environment, this::invalid);
        StoredAccounts accounts =
                StoredAccounts.in(
                        dataFolder,
                        api.keyStore(dataFolder, environment),
                        api.account(environment, this::invalid));
        return new ServerConfig(
                ServerConfig.SERVER,
                host,
                port,
                dataFolder,
                access.settings(dataFolder),
                listen.ports(host, environment, manager, this::invalid),
                dialects.withAccounts(accounts),
                sessions.agents(
                        new ApiAgents(api.settings(accounts, dataFolder, sessions.allowsBypass()))),
                policy,
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

    private void check(boolean condition, String problem) {
        if (!condition) {
            throw invalid(problem);
        }
    }

    private ParameterException invalid(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
