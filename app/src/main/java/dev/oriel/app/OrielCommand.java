package dev.oriel.app;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command line of the window.
@Command(
        name = "oriel",
        description = "A desktop window onto Claude.",
        mixinStandardHelpOptions = true,
        versionProvider = OrielCommand.Version.class,
        footer = {
            "",
            "Sessions and settings are kept in ~/.local/share/oriel, ~/.config/oriel and"
                    + " ~/.local/state/oriel."
        })
final class OrielCommand {
    @Option(names = "--new-session", description = "Opens the window at a new session.")
    private boolean newSession;

    @Option(
            names = "--start-server",
            description = "Opens the window with its server started, and shows where it listens.")
    private boolean startServer;

    /// Reads the arguments of the process.
    ///
    /// @return what they say; empty if they were only a question (`--help`), which is answered on
    ///   standard output
    /// @throws ParameterException if they make no sense
    static Optional<OrielCommand> read(String... arguments) {
        var command = new OrielCommand();
        var line = new CommandLine(command);
        ParseResult result = line.parseArgs(arguments);
        return CommandLine.printHelpIfRequested(result) ? Optional.empty() : Optional.of(command);
    }

    LaunchOptions.Opening opening() {
        if (startServer) {
            return LaunchOptions.Opening.SERVER;
        }
        return newSession ? LaunchOptions.Opening.NEW_SESSION : LaunchOptions.Opening.AS_LEFT;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = OrielCommand.class.getPackage().getImplementationVersion();
            return new String[] {"oriel " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
