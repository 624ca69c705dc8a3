package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.FrameLog;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A conversation with a server of any kind, one prompt at a time. The simplest way to use the
/// library.
///
/// ```java
/// try (Chat chat = new Chat(ServerKind.NATIVE, server, () -> token, Transport.systemDefault(),
///         NewSessionRequest.DEFAULTS, text -> System.out.print(text))) {
///     Chat.Answer answer = chat.send("What is an oriel?").join();
/// }
/// ```
///
/// Any thread may call; nothing blocks.
public final class Chat implements AutoCloseable {
    private final ServerKind kind;
    private final ServerClient client;
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final Listener listener;
    private final CompletableFuture<SessionInfo> opened;

    private final ChatTurns turns = new ChatTurns();
    private final ChatMessages messages;

    /// Null until the conversation is open; then written once.
    private volatile @Nullable SessionSubscription session;

    /// Receives the events of a chat. Its methods are called on the client's lane. They must return
    /// soon and must not block.
    @FunctionalInterface
    public interface Listener {
        /// A part of the answer was received. Each part comes once.
        ///
        /// @param text the part
        void onText(String text);

        /// A tool wants to run. By default it is denied.
        ///
        /// @param ask the tool and its input
        /// @return why it may not run; empty if it may
        default Optional<String> onToolAsk(ToolAsk ask) {
            return Optional.of("Nobody is there who could be asked.");
        }

        /// A frame of the conversation was received.
        ///
        /// @param frame as it was received
        default void onFrame(String frame) {}
    }

    /// A tool that wants to run.
    ///
    /// @param tool its name
    /// @param input the input of the call, an object
    public record ToolAsk(String tool, JsonNode input) {}

    /// The end of a turn.
    ///
    /// @param text of the answer, without that of subagents
    /// @param error whether the turn failed or was interrupted
    /// @param problem what went wrong, for the user; empty if nothing did
    /// @param costUsd of the session so far, US dollars; 0 if the server does not report it
    public record Answer(String text, boolean error, String problem, double costUsd) {}

    /// Connects and creates a session; prompts can be sent at once.
    ///
    /// @param kind the kind of the server
    /// @param server see [ServerClients#create]
    /// @param token read for every connection and request
    /// @param transport proxy and certificates
    /// @param options of the session
    /// @param listener receives the answers
    public Chat(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            Transport transport,
            NewSessionRequest options,
            Listener listener) {
        this(
                outbox ->
                        ServerClients.create(kind, server, token, policy(kind), outbox, transport),
                options,
                listener);
    }

    /// @param clients creates the client that takes its prompts from an outbox
    Chat(
            Function<PromptOutbox, ServerClient> clients,
            NewSessionRequest options,
            Listener listener) {
        this.client = clients.apply(outbox);
        this.kind = client.kind();
        this.listener = listener;
        this.messages = new ChatMessages(turns, listener, this::reply);
        client.frameLog().setReceivedListener(this::onFrame);
        FirstConnection first = new FirstConnection(client.frameLog(), this::onSessionRemoved);
        client.subscribeFeed(first);
        this.opened =
                first.live().thenCompose(_ -> client.createSession(options)).thenApply(this::open);
    }

    /// The caller waits for an answer, so it must learn soon that the server is gone.
    private static ReconnectPolicy policy(ServerKind kind) {
        ReconnectPolicy usual = kind.reconnectPolicy();
        return usual.isUnlimited() ? ReconnectPolicy.STANDARD : usual;
    }

    private SessionInfo open(SessionInfo created) {
        session = client.subscribe(created.id(), created.lastSeq(), messages);
        return created;
    }

    private void reply(Message response) {
        SessionSubscription to = session;
        if (to != null) {
            to.reply(response);
        }
    }

    private void onSessionRemoved(String id) {
        SessionSubscription ours = session;
        if (ours != null && ours.sessionId().equals(id)) {
            turns.end("The session was ended.");
        }
    }

    private void onFrame(String channel, String frame) {
        if (kind.usesOneConnection() || channel.endsWith("/subscribe")) {
            listener.onFrame(frame);
        }
    }

    /// Completes when the session is created.
    ///
    /// @return fails with [ClientException] if the server cannot be reached or refuses
    public CompletableFuture<SessionInfo> opened() {
        return opened.copy();
    }

    /// The time of the last message that shows that the server is at work.
    ///
    /// @return in the unit of [System#nanoTime]
    public long lastProgressNanos() {
        return messages.lastProgressNanos();
    }

    /// The last frames of the connections.
    ///
    /// @return the log of the client
    public FrameLog frameLog() {
        return client.frameLog();
    }

    /// Sends a prompt.
    ///
    /// @param prompt not blank
    /// @return completes at the end of the turn; fails with [ClientException] if the session could
    ///   not be created or was ended, or if the connection is lost for good
    /// @throws IllegalStateException if another answer is pending
    public CompletableFuture<Answer> send(String prompt) {
        ChatTurn turn = turns.start();
        if (turn.answer().isDone()) {
            return turn.answer();
        }
        opened.thenCompose(s -> outbox.add(s.id(), UserMessages.prompt(turn.prompt(), prompt)))
                .whenComplete((_, failure) -> {
                    SessionSubscription to = session;
                    if (failure != null || to == null) {
                        turns.fail(turn, unwrap(failure));
                    } else {
                        to.sendPending();
                    }
                });
        return turn.answer();
    }

    private static Throwable unwrap(@Nullable Throwable failure) {
        return failure == null
                ? new ClientException(ErrorCode.LINK_LOST, "There is no session.")
                : failure.getCause() == null ? failure : failure.getCause();
    }

    /// Interrupts the turn; its answer ends soon, as an error. A kind that cannot interrupt a turn
    /// but holds sessions ends the session, and no further prompt can be sent.
    ///
    /// @return completes when the server has confirmed it
    public CompletableFuture<Void> interrupt() {
        SessionSubscription to = session;
        if (to == null) {
            return CompletableFuture.completedFuture(null);
        }
        return kind.supports(Capability.INTERRUPT)
                ? to.sendControl(Json.object().put("subtype", ControlSubtype.INTERRUPT))
                        .thenAccept(_ -> {})
                : client.deleteSession(to.sessionId());
    }

    /// Ends the session on the server if that kind of server keeps only a limited number of them.
    /// Otherwise it is left there, to be continued.
    ///
    /// @return completes when it is ended
    public CompletableFuture<Void> release() {
        SessionSubscription to = session;
        return to == null || !kind.limitsSessions()
                ? CompletableFuture.completedFuture(null)
                : client.deleteSession(to.sessionId());
    }

    /// Closes the connections. Returns at once.
    @Override
    public void close() {
        client.close();
    }
}
