package dev.oriel.app;

import dev.oriel.app.server.ConnectLink;
import dev.oriel.app.server.InvalidLinkException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/// The command line of the window.
@Command(
        name = "oriel",
        description = {
            "A desktop window onto Claude.",
            "If a window is open already, it comes to the front and does what the options say."
        },
        mixinStandardHelpOptions = true,
        versionProvider = OrielCommand.VersionProvider.class,
        footer = {
            "",
            "Sessions and settings are kept in ~/.local/share/oriel, ~/.config/oriel and"
                    + " ~/.local/state/oriel."
        })
final class OrielCommand {
    @Option(names = "--new-session", description = "Opens the window with a new session.")
    private boolean newSession;

    @Option(
            names = "--start-server",
            description = "Opens the window with its server started, and shows where it listens.")
    private boolean startServer;

    @Parameters(
            paramLabel = "LINK",
            arity = "0..1",
            description = {
                "Opens the form for another server, filled in from a link:",
                "  oriel:connect?url=wss://HOST/PATH&kind=KIND",
                "KIND is sessions, enhanced, relay, oneshot or manager, and may be left out."
                        + " Nothing is connected until you say so."
            })
    private @Nullable String link;

    /// Parses the arguments of the process.
    ///
    /// @return empty for `--help` and `--version`, which are printed to standard output
    /// @throws ParameterException if they are invalid
    static Optional<OrielCommand> parse(String... arguments) {
        if (arguments.length == 0) {
            // Most starts have no arguments. Parsing would load all of picocli, whose classes have
            // a format that is too old for the JVM's cache.
            return Optional.of(new OrielCommand());
        }
        ParseResult result = parseResult(arguments);
        return CommandLine.printHelpIfRequested(result)
                ? Optional.empty()
                : Optional.of(command(result));
    }

    /// Parses the arguments that another process has forwarded, as strictly; prints nothing.
    ///
    /// @return empty if they are invalid, and for `--help` and `--version`
    static Optional<StartupAction> parseForwarded(String... arguments) {
        try {
            ParseResult result = parseResult(arguments);
            return result.isUsageHelpRequested() || result.isVersionHelpRequested()
                    ? Optional.empty()
                    : Optional.of(command(result).startupAction());
        } catch (ParameterException _) {
            return Optional.empty();
        }
    }

    private static ParseResult parseResult(String... arguments) {
        // An argument that comes from a link must not make the program read a file.
        CommandLine line = new CommandLine(new OrielCommand()).setExpandAtFiles(false);
        ParseResult result = line.parseArgs(arguments);
        String link = command(result).link;
        if (link != null && !ConnectLink.isLink(link)) {
            throw new ParameterException(line, "A link starts with oriel:");
        }
        return result;
    }

    private static OrielCommand command(ParseResult result) {
        return (OrielCommand) result.commandSpec().userObject();
    }

    StartupAction startupAction() {
        if (link != null) {
            return startupAction(link);
        }
        if (startServer) {
            return new StartupAction.ShowServer();
        }
        return newSession ? new StartupAction.NewSession() : new StartupAction.RestoreLastSession();
    }

    /// A link comes from a browser, where the user does not see standard error: the window shows
    /// what is wrong with it.
    private static StartupAction startupAction(String link) {
        try {
            return new StartupAction.ShowConnectForm(ConnectLink.parse(link));
        } catch (InvalidLinkException e) {
            return new StartupAction.RejectLink("The link was not opened. " + e.getMessage());
        }
    }

    static final class VersionProvider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = OrielCommand.class.getPackage().getImplementationVersion();
            return new String[] {"oriel " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
