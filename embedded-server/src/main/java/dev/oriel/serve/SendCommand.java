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
import dev.oriel.log.LogText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `oriel-server send`: one prompt to a server of any of the five kinds.
@Command(
        name = "send",
        description = "Sends one prompt to a server and writes the answer to standard output.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the answer came",
            "1:the turn ended with an error",
            "2:wrong options",
            "3:the server cannot be reached, refuses us, or was lost",
            "4:the time was over",
            "130:interrupted (Ctrl-C); the answer is stopped, the session of a manager ended"
        },
        footer = {
            "",
            "The token is read from --token-file or ORIEL_TOKEN, never from the command line. For a"
                    + " server on this",
            "computer without either, the file `token` in the data folder of oriel-server is"
                    + " tried."
        })
final class SendCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int ERROR = 1;
    private static final int NO_SERVER = 3;
    private static final int TIME_OVER = 4;
    private static final String OVER = "the time is over";
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /// So that a time limit holds within a second.
    private static final Duration AFTER_TIME = Duration.ofMillis(300);

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:6743",
            description =
                    "The server; ws, wss, http or https. For a kind with one socket, that socket"
                            + " (${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "sessions, enhanced, relay, oneshot or manager; found out by itself if not"
                            + " given.")
    private @Nullable String kind;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The credential is the first line of this file; - for standard input.")
    private @Nullable String tokenFile;

    @Option(
            names = "--cwd",
            paramLabel = "DIR",
            description = "The folder to work in, on the server's computer.")
    private @Nullable Path cwd;

    @Option(
            names = "--agent",
            paramLabel = "cli|demo",
            description = "Who answers; the server decides if not given. For Oriel's own kind.")
    private @Nullable String agent;

    @Option(names = "--model", paramLabel = "MODEL", description = "The model that answers.")
    private @Nullable String model;

    @Option(
            names = "--permission-mode",
            paramLabel = "MODE",
            description =
                    "What may be done without asking; the server decides if not given. What is"
                            + " asked nevertheless is denied.")
    private @Nullable String permissionMode;

    @Option(
            names = "--json",
            description = "Writes the server's frames as they come, in the place of the text.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stops after this time, as 90s, 15m or 2h; without it there is no end.")
    private @Nullable Duration timeout;

    @Option(
            names = "--no-progress",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description =
                    "Stops when nothing has come from the server for this time"
                            + " (${DEFAULT-VALUE}).")
    private Duration noProgress = Duration.ofMinutes(10);

    private final long began = System.nanoTime();

    @Mixin private TransportOptions way = new TransportOptions();

    @Parameters(paramLabel = "PROMPT", description = "What to say; - reads standard input.")
    private String prompt = "";

    @Override
    public Integer call() throws InterruptedException {
        CredentialSource credential = CredentialSource.of(tokenFile, prompt.equals("-"));
        try {
            ServerAddress server = ServerAddress.parse(url);
            String text = prompt.equals("-") ? credential.rest() : prompt;
            check(!text.isBlank(), "the prompt must not be empty");
            Transport transport = way.transport();
            ServerKind known =
                    kind == null
                            ? within(
                                    ServerDetection.detect(
                                            server, () -> credential.token(server), transport))
                            : kind(kind);
            return talk(known, server, credential, transport, text);
        } catch (InvalidAddressException | TransportException e) {
            throw refuse(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            return noServer(e.getCause());
        } catch (TimeoutException _) {
            say(OVER);
            return TIME_OVER;
        }
    }

    private int talk(
            ServerKind known,
            ServerAddress server,
            CredentialSource credential,
            Transport transport,
            String text)
            throws InterruptedException, TimeoutException {
        check(cwd == null || known.supports(Capability.FOLDER), lacks(known, "folder"));
        check(agent == null || known == ServerKind.NATIVE, lacks(known, "agent"));
        check(permissionMode == null || known.supports(Capability.MODE), lacks(known, "mode"));
        check(model == null || known.supports(Capability.MODEL), lacks(known, "model"));
        PrintWriter out = command().getOut();
        Chat chat =
                new Chat(
                        known,
                        server,
                        () -> credential.token(server),
                        transport,
                        more -> {
                            if (!json) {
                                out.print(more);
                                out.flush();
                            }
                        },
                        this::denied);
        try (chat) {
            if (json) {
                chat.frameLog()
                        .setReceivedListener((channel, frame) -> raw(out, known, channel, frame));
            }
            String folder = cwd == null ? null : cwd.toAbsolutePath().toString();
            within(chat.open(new NewSessionRequest(folder, agent, model, permissionMode)));
            CtrlCHandler ctrlC = CtrlCHandler.install(chat, LAST_WORDS);
            CompletableFuture<Chat.Answer> answer = chat.send(text);
            ctrlC.setAnswer(answer);
            Chat.Answer said = waited(answer, chat);
            ctrlC.disarm();
            patiently(chat.release(), said == null ? AFTER_TIME : LAST_WORDS);
            return said == null ? TIME_OVER : ended(said, out);
        } catch (ExecutionException e) {
            return noServer(e.getCause());
        }
    }

    private static String lacks(ServerKind known, String what) {
        return "a server of the kind " + known.id() + " takes no " + what;
    }

    /// @return null if the time was over
    private Chat.@Nullable Answer waited(CompletableFuture<Chat.Answer> answer, Chat chat)
            throws InterruptedException, ExecutionException {
        while (true) {
            long still = noProgress.toNanos() - (System.nanoTime() - chat.lastProgressNanos());
            try {
                return answer.get(Math.min(left(), still), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                boolean over = left() <= 0;
                if (over || System.nanoTime() - chat.lastProgressNanos() >= noProgress.toNanos()) {
                    say(over ? OVER : "nothing has come from the server for " + words(noProgress));
                    chat.interrupt();
                    patiently(answer, AFTER_TIME);
                    return null;
                }
            }
        }
    }

    private <T> T within(CompletableFuture<T> step)
            throws InterruptedException, ExecutionException, TimeoutException {
        return step.get(Math.min(left(), noProgress.toNanos()), TimeUnit.NANOSECONDS);
    }

    /// Nanoseconds until the time is over.
    private long left() {
        return timeout == null ? Long.MAX_VALUE : timeout.toNanos() - (System.nanoTime() - began);
    }

    private static String words(Duration time) {
        return time.toMinutes() > 1 ? time.toMinutes() + " minutes" : time.toSeconds() + " s";
    }

    /// Waits for the last words, whatever they are.
    private static void patiently(CompletableFuture<?> last, Duration most) {
        last.handle((_, _) -> null)
                .completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private int ended(Chat.Answer said, PrintWriter out) {
        if (!json && !said.text().isEmpty() && !said.text().endsWith("\n")) {
            out.println();
        }
        out.flush();
        if (said.error()) {
            say(said.problem());
            return ERROR;
        }
        return OK;
    }

    private static void raw(PrintWriter out, ServerKind known, String channel, String frame) {
        // The list of sessions is another conversation.
        if (known != ServerKind.NATIVE || channel.endsWith("/subscribe")) {
            out.println(frame.stripTrailing());
            out.flush();
        }
    }

    private Optional<String> denied(Chat.ToolAsk ask) {
        say("denied: " + ask.tool() + " (nobody is here to be asked; see --permission-mode)");
        return Optional.of("Nobody is there who could be asked.");
    }

    private int noServer(@Nullable Throwable cause) {
        say(
                cause instanceof ClientException told
                        ? String.valueOf(told.getMessage())
                        : "the server could not be used: " + cause);
        return NO_SERVER;
    }

    private ServerKind kind(String word) {
        return ServerKind.find(word)
                .orElseThrow(() ->
                        refuse(
                                "--kind must be one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(ServerKind.values())
                                                        .map(ServerKind::id)
                                                        .toList())));
    }

    private void say(String words) {
        PrintWriter err = command().getErr();
        err.println("oriel-server: " + LogText.escape(words.strip()));
        err.flush();
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw refuse(otherwise);
        }
    }

    private picocli.CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private ParameterException refuse(String why) {
        return new ParameterException(command(), why);
    }
}
