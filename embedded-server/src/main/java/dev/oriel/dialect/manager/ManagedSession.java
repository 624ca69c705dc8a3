package dev.oriel.dialect.manager;

import dev.oriel.session.api.PromptSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectContext;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.Session;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A session as the manager dialect keeps it: what its client chose, and its open permission
/// requests. It outlives every socket.
///
/// Any thread.
final class ManagedSession {
    private static final int MOST_RULES = 200;

    private final Session session;
    private final ManagedSessionOptions options;
    private final PromptSettings setting;
    private final PermissionRequests asks;
    private final Presence presence;
    private final List<AllowRule> rules;
    private final AtomicInteger prompts = new AtomicInteger();

    /// @param setting what its client's prompts run with
    /// @param gone what to do once the session is deleted
    ManagedSession(
            Session session,
            ManagedSessionOptions options,
            PromptSettings setting,
            DialectContext premises,
            Duration askWithin,
            Runnable gone) {
        this.session = session;
        this.options = options;
        this.setting = setting;
        this.rules = new CopyOnWriteArrayList<>(options.rules());
        this.presence = new Presence(gone);
        this.asks =
                new PermissionRequests(
                        premises.timer(), askWithin, answer -> session.reply(presence, answer));
        session.subscribe(presence, null);
    }

    UUID id() {
        return session.id();
    }

    ClientGeneration generation() {
        return options.generation();
    }

    List<AllowRule> rules() {
        return List.copyOf(rules);
    }

    void addRule(AllowRule rule) throws CommandRefusedException {
        if (rules.size() >= MOST_RULES) {
            throw new CommandRefusedException(
                    "Failed to add always-allow rule: a session has at most " + MOST_RULES);
        }
        rules.add(rule);
    }

    void removeRule(String id) {
        rules.removeIf(r -> r.id().toString().equals(id));
    }

    /// Allows a tool use if a rule does.
    ///
    /// @return false if none does
    boolean allowsByRule(String request, String tool, JsonNode input) {
        String folder = options.workingDirectory();
        Path in = folder == null ? null : Path.of(folder);
        if (rules.stream().noneMatch(r -> r.allows(tool, input, in))) {
            return false;
        }
        asks.allow(request, input);
        return true;
    }

    PermissionRequests permissionRequests() {
        return asks;
    }

    void subscribe(Subscriber subscriber) {
        session.subscribe(subscriber, null);
    }

    void unsubscribe(Subscriber subscriber) {
        session.unsubscribe(subscriber);
    }

    void prompt(Subscriber from, Message user) {
        prompts.incrementAndGet();
        session.prompt(from, user, setting);
    }

    /// Stops the turn that runs.
    ///
    /// @param from is sent the `control_response`
    void interrupt(Subscriber from, String request) {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", request);
        frame.putObject("request").put("subtype", "interrupt");
        session.request(from, Message.of(frame));
    }

    /// Takes a prompt back that has not begun.
    void cancelPrompt(Subscriber from, UUID prompt) {
        ObjectNode frame = Json.object().put("type", "control_request");
        frame.put("request_id", prompt.toString())
                .putObject("request")
                .put("subtype", "cancel_async_message")
                .put("message_uuid", prompt.toString());
        session.request(from, Message.of(frame));
    }

    /// It has left the manager: nothing of it is looked after any more.
    void close() {
        asks.withdrawAll();
        session.unsubscribe(presence);
    }

    /// The session object of the wire (wire.md 5.4).
    ObjectNode toJson(SessionView view) {
        ObjectNode json = Json.object().put("id", id().toString());
        json.put("created_at", ManagerTimestamps.format(view.record().createdAt()));
        json.put("updated_at", ManagerTimestamps.format(view.record().updatedAt()));
        json.put("status", status(view.state()));
        json.set("options", options.toJson());
        json.put("message_count", prompts.get());
        json.put(
                "error_message",
                view.state() instanceof SessionState.Failed(String error) ? error : null);
        return json;
    }

    private static String status(SessionState state) {
        return switch (state) {
            case SessionState.Idle _ -> "idle";
            case SessionState.Running _, SessionState.Asking _, SessionState.Interrupting _ ->
                    "processing";
            case SessionState.Failed _ -> "error";
            case SessionState.Ended _ -> "ended";
        };
    }

    /// Stays with the session when every socket has gone, so that an ask which nobody can answer is
    /// denied and does not wait for ever.
    private static final class Presence implements Subscriber {
        private final Runnable gone;

        Presence(Runnable gone) {
            this.gone = gone;
        }

        @Override
        public void deliver(EventBatch batch) {
            // It only is there.
        }

        @Override
        public void replay(List<Delivery> page) {
            // As above.
        }

        @Override
        public void send(SessionEvent event) {
            // As above.
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public boolean awaitRoom(Duration longest) {
            return true;
        }

        @Override
        public void whenRoom(Runnable then) {
            then.run();
        }

        @Override
        public void onDeleted() {
            gone.run();
        }

        @Override
        public void onFailed(String why) {
            // It reads nothing, so nothing is missing.
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
