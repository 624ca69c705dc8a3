package dev.oriel.client.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.Capability;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.FeedListener;
import dev.oriel.client.FrameLog;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerKind;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.TokenSource;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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

    /// The turn that is under way. Set by any thread, cleared on the client's lane.
    private final AtomicReference<@Nullable ChatTurn> turn = new AtomicReference<>();

    /// Null until the conversation is open; then written once.
    private volatile @Nullable SessionSubscription session;

    /// Written on the client's lane, read by any thread.
    private volatile long lastProgressNanos = System.nanoTime();

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
        // The caller waits for an answer, so it must learn soon that the server is gone.
        ReconnectPolicy usual = kind.reconnectPolicy();
        ReconnectPolicy policy = usual.isUnlimited() ? ReconnectPolicy.STANDARD : usual;
        this.kind = kind;
        this.listener = listener;
        this.client = ServerClients.create(kind, server, token, policy, outbox, transport);
        client.frameLog().setReceivedListener(this::onFrame);
        FirstConnection first = new FirstConnection();
        client.subscribeFeed(first);
        this.opened =
                first.live.thenCompose(_ -> client.createSession(options)).thenApply(this::open);
    }

    private SessionInfo open(SessionInfo created) {
        session = client.subscribe(created.id(), created.lastSeq(), new Messages());
        return created;
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
        return lastProgressNanos;
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
    ///   not be created or the connection is lost for good
    /// @throws IllegalStateException if another answer is pending
    public CompletableFuture<Answer> send(String prompt) {
        ChatTurn next = new ChatTurn();
        if (!turn.compareAndSet(null, next)) {
            throw new IllegalStateException("an answer is pending");
        }
        opened.thenCompose(s -> outbox.add(s.id(), UserMessages.prompt(next.prompt(), prompt)))
                .whenComplete((_, failure) -> {
                    SessionSubscription to = session;
                    if (failure != null || to == null) {
                        turn.compareAndSet(next, null);
                        next.answer().completeExceptionally(unwrap(failure));
                    } else {
                        to.sendPending();
                    }
                });
        return next.answer();
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

    private void finish(ChatTurn ended, Answer answer) {
        turn.compareAndSet(ended, null);
        ended.answer().complete(answer);
    }

    /// Completes with the first connection, or with the first failure.
    private final class FirstConnection implements FeedListener {
        private final CompletableFuture<Void> live = new CompletableFuture<>();

        @Override
        public void onStatus(ConnectionStatus status) {
            switch (status) {
                case ConnectionStatus.Connecting _ -> {
                    // Not yet.
                }
                case ConnectionStatus.Live _ -> live.complete(null);
                case ConnectionStatus.Reconnecting(_, _, _, String cause) ->
                        fail(ErrorCode.UNREACHABLE, lastNote().orElse(cause));
                case ConnectionStatus.Offline(String cause, ConnectionStatus.Reason reason) ->
                        fail(
                                reason == ConnectionStatus.Reason.REFUSED
                                        ? ErrorCode.REFUSED
                                        : ErrorCode.UNREACHABLE,
                                cause);
            }
        }

        private void fail(String code, String cause) {
            live.completeExceptionally(new ClientException(code, cause));
        }

        /// What the server itself wrote before it closed the connection may tell more.
        private Optional<String> lastNote() {
            return client.frameLog().entries().stream()
                    .filter(e -> e.type() == FrameLog.Type.NOTE)
                    .reduce((_, last) -> last)
                    .map(FrameLog.Entry::text);
        }

        @Override
        public void onSessions(List<SessionInfo> all) {
            // Of other conversations.
        }

        @Override
        public void onSession(SessionInfo changed) {
            // The session's own subscription reports it.
        }

        @Override
        public void onSessionRemoved(String id) {
            SessionSubscription ours = session;
            ChatTurn now = turn.get();
            if (ours != null && ours.sessionId().equals(id) && now != null) {
                finish(now, now.failed("The session was ended."));
            }
        }
    }

    /// Receives the messages of the session.
    private final class Messages implements SessionListener {
        @Override
        public void onStatus(ConnectionStatus status) {
            ChatTurn now = turn.get();
            if (status instanceof ConnectionStatus.Offline(String cause, _) && now != null) {
                turn.compareAndSet(now, null);
                now.answer().completeExceptionally(new ClientException(ErrorCode.LINK_LOST, cause));
            }
        }

        @Override
        public void onMessage(Message message) {
            if (!message.is(MessageType.KEEP_ALIVE)) {
                lastProgressNanos = System.nanoTime();
            }
            ChatTurn now = turn.get();
            if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)) {
                reply(message, permission(message.tree().path("request")));
            } else if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.ELICITATION)) {
                // There is nobody to ask.
                reply(message, Json.object().put("action", "cancel"));
            } else if (now != null) {
                String text = now.append(message);
                if (!text.isEmpty()) {
                    listener.onText(text);
                }
                Answer answer = now.finish(message);
                if (answer != null) {
                    finish(now, answer);
                }
            }
        }

        private ObjectNode permission(JsonNode request) {
            JsonNode input = request.path("input");
            ToolAsk ask = new ToolAsk(request.path("tool_name").asText(), input);
            return listener.onToolAsk(ask)
                    .map(why -> Json.object().put("behavior", "deny").put("message", why))
                    .orElseGet(() -> {
                        ObjectNode allow = Json.object().put("behavior", "allow");
                        allow.set("updatedInput", input);
                        return allow;
                    });
        }

        private void reply(Message ask, ObjectNode response) {
            SessionSubscription to = session;
            if (to != null) {
                to.reply(ControlMessages.success(String.valueOf(ask.requestId()), response));
            }
        }
    }
}
