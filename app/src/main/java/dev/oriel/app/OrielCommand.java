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
            "If it is open already, it comes to the front and does what is asked here."
        },
        mixinStandardHelpOptions = true,
        versionProvider = OrielCommand.VersionProvider.class,
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

    /// Reads the arguments of the process.
    ///
    /// @return what they say; empty if they were only a question (`--help`), which is answered on
    ///   standard output
    /// @throws ParameterException if they make no sense
    static Optional<OrielCommand> parse(String... arguments) {
        if (arguments.length == 0) {
            // The usual start: reading nothing would load the whole of picocli, which the JVM's
            // cache cannot hold, as its classes are of an old format.
            return Optional.of(new OrielCommand());
        }
        ParseResult result = parseResult(arguments);
        return CommandLine.printHelpIfRequested(result)
                ? Optional.empty()
                : Optional.of(command(result));
    }

    /// Reads what another start of the program hands over, as strictly; prints nothing.
    ///
    /// @return empty if it makes no sense, or is a question
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
        // A word from outside must not have files read.
        CommandLine line = new CommandLine(new OrielCommand()).setExpandAtFiles(false);
        ParseResult result = line.parseArgs(arguments);
        String link = command(result).link;
        if (link != null && !ConnectLink.isLink(link)) {
            throw new ParameterException(line, "A link begins with oriel:");
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

    /// A link comes from a browser, where nobody sees standard error: the window says what is wrong
    /// with it.
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
