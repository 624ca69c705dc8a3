package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.io.IOException;
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
    private final Remote remote;
    private final Outbox outbox = Outbox.inMemory();
    private final Consumer<String> text;
    private final Function<Ask, Optional<String>> asks;
    private final AtomicReference<@Nullable Turn> turn = new AtomicReference<>();
    private volatile @Nullable SessionLink session;
    private volatile long progress = System.nanoTime();

    /// A tool that wants to run.
    ///
    /// @param input what it would be called with
    public record Ask(String tool, JsonNode input) {}

    /// How a turn ended.
    ///
    /// @param error whether it failed; an interrupted one has
    /// @param why what went wrong, or an empty text
    /// @param costUsd of the session so far, if the server says it; else 0
    public record Answer(String text, boolean error, String why, double costUsd) {}

    private static final class Turn {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        final UUID prompt = UUID.randomUUID();
        final TextOnce once = new TextOnce();
        final StringBuilder said = new StringBuilder();

        /// Whether the server has begun it; of the client's lane.
        boolean begun;
    }

    /// @param text hears the answer as it grows, each piece once
    /// @param asks says why a tool may not run, or nothing if it may
    public Chat(
            Kind kind,
            ServerAddress server,
            TokenSource token,
            Transport over,
            Consumer<String> text,
            Function<Ask, Optional<String>> asks) {
        // Who waits for an answer wants to know within seconds that the server is gone.
        ReconnectRules rules = kind == Kind.NATIVE ? ReconnectRules.STANDARD : kind.rules();
        this.remote = Remotes.of(kind, server, token, rules, outbox, over);
        this.text = text;
        this.asks = asks;
    }

    /// When something last came that shows that the server works on the answer, by
    /// [System#nanoTime].
    public long progress() {
        return progress;
    }

    public FrameLog frames() {
        return remote.frames();
    }

    /// Connects and begins a conversation.
    ///
    /// @return fails with [RemoteException] if the server cannot be reached or says no
    public CompletableFuture<SessionInfo> begin(NewSession how) {
        CompletableFuture<Void> live = new CompletableFuture<>();
        remote.feed(new Waiting(live));
        return live.thenCompose(_ -> remote.create(how))
                .thenApply(begun -> {
                    session = remote.open(begun.id(), begun.lastSeq(), new Ears());
                    return begun;
                });
    }

    /// Asks; not while another answer is under way.
    ///
    /// @return fails with [RemoteException] if the connection is lost for good
    public CompletableFuture<Answer> ask(String prompt) {
        SessionLink to = session;
        if (to == null) {
            throw new IllegalStateException("begin comes first");
        }
        Turn next = new Turn();
        if (!turn.compareAndSet(null, next)) {
            throw new IllegalStateException("an answer is under way");
        }
        try {
            outbox.put(to.sessionId(), UserMessages.prompt(next.prompt, prompt));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        to.deliver();
        return next.answer;
    }

    /// Asks the server to stop the answer; it ends soon, as an error. Where its kind has no word
    /// for that but holds sessions, the session is ended, and nothing can be asked in it any more.
    public CompletableFuture<Void> interrupt() {
        SessionLink to = session;
        if (to == null) {
            return CompletableFuture.completedFuture(null);
        }
        return remote.kind().can(Capability.INTERRUPT)
                ? to.control(Json.object().put("subtype", "interrupt")).thenAccept(_ -> {})
                : remote.delete(to.sessionId());
    }

    /// Gives the conversation's place on the server back, where the kind has a limited number of
    /// places and keeps them beyond the connection; elsewhere nothing is to be done.
    public CompletableFuture<Void> end() {
        SessionLink to = session;
        return to == null || remote.kind() != Kind.MANAGER
                ? CompletableFuture.completedFuture(null)
                : remote.delete(to.sessionId());
    }

    @Override
    public void close() {
        remote.close();
    }

    /// Waits for the first connection, and takes the first failure for an answer.
    private final class Waiting implements FeedListener {
        private final CompletableFuture<Void> live;

        Waiting(CompletableFuture<Void> live) {
            this.live = live;
        }

        @Override
        public void link(LinkState state) {
            switch (state) {
                case LinkState.Connecting _ -> {
                    // It has just begun.
                }
                case LinkState.Live _ -> live.complete(null);
                case LinkState.Reconnecting _ -> fail("unreachable", lastNote());
                case LinkState.Offline(String why, LinkState.Reason reason) ->
                        fail(reason == LinkState.Reason.REFUSED ? "refused" : "unreachable", why);
            }
        }

        private void fail(String code, String why) {
            live.completeExceptionally(new RemoteException(code, why));
        }

        private String lastNote() {
            return remote.frames().last().stream()
                    .filter(f -> f.way() == FrameLog.Way.NOTE)
                    .reduce((_, b) -> b)
                    .map(FrameLog.Frame::text)
                    .orElse("The server cannot be reached.");
        }

        @Override
        public void sessions(List<SessionInfo> all) {
            // Only one matters here.
        }

        @Override
        public void session(SessionInfo changed) {
            // What it says comes on its own way.
        }

        @Override
        public void gone(String id) {
            SessionLink ours = session;
            Turn now = turn.get();
            if (ours != null && ours.sessionId().equals(id) && now != null) {
                turn.set(null);
                now.answer.complete(
                        new Answer(now.said.toString(), true, "The session was ended.", 0));
            }
        }
    }

    private final class Ears implements SessionListener {
        @Override
        public void link(LinkState state) {
            Turn now = turn.get();
            if (state instanceof LinkState.Offline(String why, _) && now != null) {
                turn.set(null);
                now.answer.completeExceptionally(new RemoteException("link_lost", why));
            }
        }

        @Override
        public void message(Message message) {
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
            String more = now.once.of(message);
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
                    asks.apply(new Ask(request.path("tool_name").asText(), input));
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
            SessionLink to = session;
            if (to != null) {
                to.answer(Message.of(response));
            }
        }
    }
}
