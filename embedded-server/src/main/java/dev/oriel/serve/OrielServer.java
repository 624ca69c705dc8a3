package dev.oriel.serve;

import dev.oriel.client.transport.SystemProxies;
import dev.oriel.gateway.ServerVersion;
import dev.oriel.gateway.UserHome;
import dev.oriel.journal.sqlite.SqliteJournal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `oriel-server`: the server without a window.
@Command(
        name = "oriel-server",
        description = "A server through which local programs reach Claude, and a client of it.",
        subcommands = {ServeCommand.class, SendCommand.class},
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        versionProvider = OrielServer.VersionText.class)
public final class OrielServer implements Runnable {
    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    /// Exit codes: 0 in good order, 1 it could not start, 2 wrong options; `send` has its own.
    public static void main(String[] args) {
        UserHome.useEnvironment();
        if (args.length > 0 && args[0].equals("send")) {
            SystemProxies.enable();
        }
        System.exit(run(args));
    }

    static int run(String... args) {
        // While the options are read, the other core loads what every start needs.
        if (args.length > 0 && args[0].equals("serve")) {
            Thread.ofPlatform()
                    .daemon()
                    .name("warm-up")
                    .uncaughtExceptionHandler(OrielServer::failedEarly)
                    .start(SqliteJournal::loadDriver);
        }
        return commandLine().execute(args);
    }

    /// The process may be on its way out already, over a wrong option; else whoever needs what
    /// could not be loaded meets the same failure, and says so.
    private static void failedEarly(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(OrielServer.class)
                .debug("Something could not be loaded early", failure);
    }

    static CommandLine commandLine() {
        return new CommandLine(new OrielServer())
                // A prompt may begin with the name of a file, as @README.md: picocli would read the
                // file and take each of its words for an option.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(ErrorOutput::onWrongOption)
                .setExecutionExceptionHandler(ErrorOutput::onFailure);
    }

    @Override
    public void run() {
        CommandLine.usage(Objects.requireNonNull(spec).commandLine(), System.out);
    }

    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"oriel-server " + ServerVersion.TEXT};
        }
    }
}
