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
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The small way to talk with a server of any kind: one conversation, one prompt after the other.
///
/// ```java
/// try (Chat chat = new Chat(kind, address, token, Transport.usual(), text -> System.out.print(text),
///         ask -> Optional.of("nobody is here"))) {
///     chat.begin(NewSession.USUAL).join();
///     Chat.Answer answer = chat.ask("What is an oriel?").join();
/// }
/// ```
///
/// Any thread may call; the two functions are called on the client's lane and must return soon.
public final class Chat implements AutoCloseable {
    private final ServerClient remote;
    private final PromptOutbox outbox = PromptOutbox.inMemory();
    private final Consumer<String> text;
    private final Function<ToolAsk, Optional<String>> asks;
    private final AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
    private volatile @Nullable SessionSubscription session;
    private volatile long progress = System.nanoTime();

    /// A tool that wants to run.
    ///
    /// @param input what it would be called with
    public record ToolAsk(String tool, JsonNode input) {}

    /// How a turn ended.
    ///
    /// @param error whether it failed; an interrupted one has
    /// @param problem what went wrong, or an empty text
    /// @param costUsd of the session so far, if the server says it; else 0
    public record Answer(String text, boolean error, String problem, double costUsd) {}

    private static final class Turn {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        final UUID prompt = UUID.randomUUID();
        final AnswerAccumulator once = new AnswerAccumulator();
        final StringBuilder said = new StringBuilder();

        /// Whether the server has begun it; of the client's lane.
        boolean begun;
    }

    /// @param text hears the answer as it grows, each piece once
    /// @param asks says why a tool may not run, or nothing if it may
    public Chat(
            ServerKind kind,
            ServerAddress server,
            TokenSource token,
            Transport over,
            Consumer<String> text,
            Function<ToolAsk, Optional<String>> asks) {
        // Who waits for an answer wants to know within seconds that the server is gone.
        ReconnectPolicy rules =
                kind == ServerKind.NATIVE ? ReconnectPolicy.STANDARD : kind.reconnectPolicy();
        this.remote = ServerClients.create(kind, server, token, rules, outbox, over);
        this.text = text;
        this.asks = asks;
    }

    /// When something last came that shows that the server works on the answer, by
    /// [System#nanoTime].
    public long lastProgressNanos() {
        return progress;
    }

    public FrameLog frameLog() {
        return remote.frameLog();
    }

    /// Connects and begins a conversation.
    ///
    /// @return fails with [ClientException] if the server cannot be reached or says no
    public CompletableFuture<SessionInfo> open(NewSessionRequest how) {
        CompletableFuture<Void> live = new CompletableFuture<>();
        remote.subscribeFeed(new FirstConnectionListener(live));
        return live.thenCompose(_ -> remote.createSession(how))
                .thenApply(begun -> {
                    session = remote.subscribe(begun.id(), begun.lastSeq(), new MessageListener());
                    return begun;
                });
    }

    /// Asks; not while another answer is under way.
    ///
    /// @return fails with [ClientException] if the connection is lost for good
    public CompletableFuture<Answer> send(String prompt) {
        SessionSubscription to = session;
        if (to == null) {
            throw new IllegalStateException("begin comes first");
        }
        Turn next = new Turn();
        if (!turn.compareAndSet(null, next)) {
            throw new IllegalStateException("an answer is under way");
        }
        outbox.add(to.sessionId(), UserMessages.prompt(next.prompt, prompt));
        to.sendPending();
        return next.answer;
    }

    /// Asks the server to stop the answer; it ends soon, as an error. Where its kind has no word
    /// for that but holds sessions, the session is ended, and nothing can be asked in it any more.
    public CompletableFuture<Void> interrupt() {
        SessionSubscription to = session;
        if (to == null) {
            return CompletableFuture.completedFuture(null);
        }
        return remote.kind().supports(Capability.INTERRUPT)
                ? to.sendControl(Json.object().put("subtype", "interrupt")).thenAccept(_ -> {})
                : remote.deleteSession(to.sessionId());
    }

    /// Gives the conversation's place on the server back, where the kind has a limited number of
    /// places and keeps them beyond the connection; elsewhere nothing is to be done.
    public CompletableFuture<Void> release() {
        SessionSubscription to = session;
        return to == null || remote.kind() != ServerKind.MANAGER
                ? CompletableFuture.completedFuture(null)
                : remote.deleteSession(to.sessionId());
    }

    @Override
    public void close() {
        remote.close();
    }

    /// Waits for the first connection, and takes the first failure for an answer.
    private final class FirstConnectionListener implements FeedListener {
        private final CompletableFuture<Void> live;

        FirstConnectionListener(CompletableFuture<Void> live) {
            this.live = live;
        }

        @Override
        public void onStatus(ConnectionStatus state) {
            switch (state) {
                case ConnectionStatus.Connecting _ -> {
                    // It has just begun.
                }
                case ConnectionStatus.Live _ -> live.complete(null);
                case ConnectionStatus.Reconnecting _ -> fail("unreachable", lastNote());
                case ConnectionStatus.Offline(String why, ConnectionStatus.Reason reason) ->
                        fail(
                                reason == ConnectionStatus.Reason.REFUSED
                                        ? "refused"
                                        : "unreachable",
                                why);
            }
        }

        private void fail(String code, String why) {
            live.completeExceptionally(new ClientException(code, why));
        }

        private String lastNote() {
            return remote.frameLog().entries().stream()
                    .filter(f -> f.type() == FrameLog.Type.NOTE)
                    .reduce((_, b) -> b)
                    .map(FrameLog.Entry::text)
                    .orElse("The server cannot be reached.");
        }

        @Override
        public void onSessions(List<SessionInfo> all) {
            // Only one matters here.
        }

        @Override
        public void onSession(SessionInfo changed) {
            // What it says comes on its own way.
        }

        @Override
        public void onSessionRemoved(String id) {
            SessionSubscription ours = session;
            Turn now = turn.get();
            if (ours != null && ours.sessionId().equals(id) && now != null) {
                turn.set(null);
                now.answer.complete(
                        new Answer(now.said.toString(), true, "The session was ended.", 0));
            }
        }
    }

    private final class MessageListener implements SessionListener {
        @Override
        public void onStatus(ConnectionStatus state) {
            Turn now = turn.get();
            if (state instanceof ConnectionStatus.Offline(String why, _) && now != null) {
                turn.set(null);
                now.answer.completeExceptionally(new ClientException("link_lost", why));
            }
        }

        @Override
        public void onMessage(Message message) {
            Turn now = turn.get();
            if (!message.is("keep_alive")) {
                progress = System.nanoTime();
            }
            if (message.is("control_request", "can_use_tool")) {
                answer(message);
            } else if (message.is("control_request", "elicitation")) {
                send(message, Json.object().put("action", "cancel")); // there is nobody to ask
            } else if (now != null) {
                heard(now, message);
            }
        }

        private void heard(Turn now, Message message) {
            String more = now.once.append(message);
            if (!more.isEmpty()) {
                now.said.append(more);
                text.accept(more);
            }
            begun(now, message);
            if (message.is("result")) {
                JsonNode result = message.tree();
                boolean error =
                        result.path("is_error").asBoolean()
                                || result.path("subtype").asText().startsWith("error");
                over(
                        now,
                        error,
                        error ? why(result) : "",
                        result.path("total_cost_usd").asDouble());
            } else if (message.is("system", "oriel_agent_exited")) {
                over(now, true, message.tree().path("text").asText("The agent has gone."), 0);
            } else if (message.is("error")) {
                over(now, true, message.tree().path("error").path("message").asText(), 0);
            }
        }

        /// A prompt that cannot begin has no result: the session says why.
        private void begun(Turn now, Message message) {
            if (message.is("user") && now.prompt.toString().equals(message.uuid())) {
                now.begun = true;
            }
            if (!now.begun && message.is("system", "oriel_session")) {
                JsonNode standing = message.tree().path("session");
                if (standing.path("state").asText().equals("failed")) {
                    over(now, true, standing.path("error").asText("It could not begin."), 0);
                }
            }
        }

        private void over(Turn now, boolean error, String why, double cost) {
            turn.set(null);
            now.answer.complete(new Answer(now.said.toString(), error, why, cost));
        }

        private static String why(JsonNode result) {
            String said = result.path("result").asText("");
            if (!said.isBlank()) {
                return said;
            }
            if (result.path("terminal_reason").asText("").startsWith("aborted")) {
                return "Interrupted.";
            }
            List<String> errors = new ArrayList<>();
            for (JsonNode error : result.path("errors")) {
                if (!error.asText("").startsWith("[ede_diagnostic]")) {
                    errors.add(error.asText(""));
                }
            }
            return !errors.isEmpty()
                    ? String.join("\n", errors)
                    : "The turn ended with an error (" + result.path("subtype").asText() + ").";
        }

        private void answer(Message ask) {
            JsonNode request = ask.tree().path("request");
            JsonNode input = request.path("input");
            Optional<String> refusal =
                    asks.apply(new ToolAsk(request.path("tool_name").asText(), input));
            ObjectNode inner =
                    refusal.map(why -> Json.object().put("behavior", "deny").put("message", why))
                            .orElseGet(() -> {
                                ObjectNode allow = Json.object().put("behavior", "allow");
                                allow.set("updatedInput", input);
                                return allow;
                            });
            send(ask, inner);
        }

        private void send(Message ask, ObjectNode inner) {
            ObjectNode response = Json.object().put("type", "control_response");
            response.putObject("response")
                    .put("subtype", "success")
                    .put("request_id", ask.requestId())
                    .set("response", inner);
            SessionSubscription to = session;
            if (to != null) {
                to.reply(Message.of(response));
            }
        }
    }
}
