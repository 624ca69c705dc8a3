package dev.oriel.serve;

import dev.oriel.client.transport.SystemProxies;
import dev.oriel.gateway.ServerVersion;
import dev.oriel.gateway.UserHome;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.platform.EnglishNumbers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `oriel-server`: the server without a window.
@Command(
        name = "oriel-server",
        description = "A server through which local programs use Claude, and a client for it.",
        subcommands = {ServeCommand.class, SendCommand.class},
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        versionProvider = OrielServer.VersionText.class)
public final class OrielServer implements Runnable {
    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    /// Exit codes: 0 normal end, 1 failed to start, 2 wrong options; `send` has others, too.
    public static void main(String[] args) {
        EnglishNumbers.use();
        UserHome.useEnvironment();
        if (args.length > 0 && args[0].equals("send")) {
            SystemProxies.enable();
        }
        System.exit(run(args));
    }

    static int run(String... args) {
        // Loads what every start needs while the options are parsed.
        if (args.length > 0 && args[0].equals("serve")) {
            Thread.ofPlatform()
                    .daemon()
                    .name("warm-up")
                    .uncaughtExceptionHandler(OrielServer::onPreloadFailure)
                    .start(SqliteJournal::loadDriver);
        }
        return commandLine().execute(args);
    }

    /// Only logged: the code that needs it fails in the same way and reports it, unless the process
    /// is about to end because of a wrong option.
    private static void onPreloadFailure(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(OrielServer.class).debug("Loading in advance failed", failure);
    }

    static CommandLine commandLine() {
        return new CommandLine(new OrielServer())
                // A prompt may begin with the name of a file, such as @README.md: picocli would
                // read the file and parse its words as options.
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
