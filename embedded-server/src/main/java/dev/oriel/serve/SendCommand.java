package dev.oriel.serve;

import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import dev.oriel.client.connect.Chat;
import dev.oriel.client.connect.ServerDetection;
import dev.oriel.client.transport.Transport;
import dev.oriel.client.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `oriel-server send`: sends one prompt to a server of any kind.
@Command(
        name = "send",
        description = "Sends one prompt to a server and writes the answer to standard output.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the answer was received",
            "1:the turn ended with an error",
            "2:wrong options",
            "3:the server cannot be reached, refused the request, or was lost",
            "4:a time limit was reached",
            "130:interrupted (Ctrl-C); the answer is stopped, and on a server of the kind manager"
                    + " the session is ended"
        },
        footer = {
            "",
            "The token is read from --token-file or ORIEL_TOKEN, never from the command line. For a"
                    + " server on this computer, the default is the file `token` in the data folder"
                    + " of oriel-server."
        })
final class SendCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int ERROR = 1;
    private static final int NO_SERVER = 3;
    private static final int TIME_OVER = 4;

    /// How long the end of an answer, or of a session, may take.
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    /// The same after a time limit, so that the limit is exceeded by less than a second.
    private static final Duration END_TIMEOUT_AFTER_LIMIT = Duration.ofMillis(300);

    private final long start = System.nanoTime();

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:6743",
            description =
                    "The address of the server: ws, wss, http or https (${DEFAULT-VALUE}). For a"
                            + " kind with one socket, the address of that socket.")
    private String url = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "The kind of the server: sessions, enhanced, relay, oneshot or manager."
                            + " Default: detected.")
    private @Nullable String kindId;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file whose first line is the token; - for standard input.")
    private @Nullable String tokenFile;

    @Option(
            names = "--cwd",
            paramLabel = "DIR",
            description = "The folder to work in, on the server's computer.")
    private @Nullable Path cwd;

    @Option(
            names = "--agent",
            paramLabel = "cli|api|demo",
            description = "The agent, for a server of the kind sessions. Default: the server's.")
    private @Nullable String agent;

    @Option(names = "--model", paramLabel = "MODEL", description = "The model.")
    private @Nullable String model;

    @Option(
            names = "--permission-mode",
            paramLabel = "MODE",
            description =
                    "What the agent may do without asking. Default: the server's. Everything it"
                            + " asks for is denied.")
    private @Nullable String permissionMode;

    @Option(
            names = "--json",
            description = "Writes the server's frames as they are received, instead of the text.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stops after this time: 90s, 15m or 2h. Default: no limit.")
    private @Nullable Duration timeout;

    @Option(
            names = "--no-progress",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description =
                    "Stops when the server has sent nothing for this time (${DEFAULT-VALUE}).")
    private Duration noProgress = Duration.ofMinutes(10);

    @Mixin private TransportOptions transportOptions = new TransportOptions();

    @Parameters(paramLabel = "PROMPT", description = "The prompt; - reads standard input.")
    private String prompt = "";

    @Override
    public Integer call() throws InterruptedException {
        CredentialSource credential =
                new CredentialSource(
                        tokenFile,
                        prompt.equals("-"),
                        System.in,
                        System.getenv(),
                        DataFolder.defaultPath());
        TimeLimits limits = new TimeLimits(start, timeout, noProgress);
        SendOutput output = new SendOutput(command().getOut(), command().getErr(), json);
        try {
            ServerAddress server = ServerAddress.parse(url);
            String text = prompt.equals("-") ? credential.rest() : prompt;
            check(!text.isBlank(), "the prompt must not be empty");
            Transport transport = transportOptions.transport();
            ServerKind kind =
                    kindId == null
                            ? limits.await(
                                    ServerDetection.detect(
                                            server, () -> credential.token(server), transport))
                            : kind(kindId);
            NewSessionRequest options = options(kind);
            try (Chat chat =
                    new Chat(
                            kind,
                            server,
                            () -> credential.token(server),
                            transport,
                            options,
                            output)) {
                return send(chat, text, limits, output);
            }
        } catch (InvalidAddressException | TransportException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            output.writeError(
                    e.getCause() instanceof ClientException known
                            ? String.valueOf(known.getMessage())
                            : "the server could not be used: " + e.getCause());
            return NO_SERVER;
        } catch (TimeoutException e) {
            output.writeError(String.valueOf(e.getMessage()));
            return TIME_OVER;
        }
    }

    /// Sends the prompt and waits for the answer.
    ///
    /// @return the exit code
    private int send(Chat chat, String text, TimeLimits limits, SendOutput output)
            throws InterruptedException, ExecutionException, TimeoutException {
        limits.await(chat.opened());
        CompletableFuture<Chat.Answer> pending = chat.send(text);
        CtrlCHandler ctrlC = CtrlCHandler.install(chat, pending, END_TIMEOUT);
        Duration endTimeout = END_TIMEOUT_AFTER_LIMIT;
        try {
            Chat.Answer answer = limits.await(pending, chat::lastProgressNanos);
            endTimeout = END_TIMEOUT;
            output.finish(answer);
            return answer.error() ? ERROR : OK;
        } catch (TimeoutException e) {
            chat.interrupt();
            TimeLimits.awaitEnd(pending, END_TIMEOUT_AFTER_LIMIT);
            throw e;
        } finally {
            ctrlC.disarm();
            TimeLimits.awaitEnd(chat.release(), endTimeout);
        }
    }

    private NewSessionRequest options(ServerKind kind) {
        check(cwd == null || kind.supports(Capability.FOLDER), notSupported(kind, "folder"));
        check(agent == null || kind.hasAgents(), notSupported(kind, "agent"));
        check(permissionMode == null || kind.supports(Capability.MODE), notSupported(kind, "mode"));
        check(model == null || kind.supports(Capability.MODEL), notSupported(kind, "model"));
        String folder = cwd == null ? null : cwd.toAbsolutePath().toString();
        return new NewSessionRequest(folder, agent, model, permissionMode);
    }

    private static String notSupported(ServerKind kind, String option) {
        return "a server of the kind " + kind.id() + " takes no " + option;
    }

    private ServerKind kind(String id) {
        String ids =
                String.join(", ", Arrays.stream(ServerKind.values()).map(ServerKind::id).toList());
        return ServerKind.find(id).orElseThrow(() -> invalid("--kind must be one of " + ids));
    }

    private void check(boolean condition, String problem) {
        if (!condition) {
            throw invalid(problem);
        }
    }

    private ParameterException invalid(String problem) {
        return new ParameterException(command(), problem);
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
