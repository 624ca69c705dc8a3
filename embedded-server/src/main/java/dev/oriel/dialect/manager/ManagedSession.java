package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.PassiveSubscriber;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.Session;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A session of the manager dialect: the options of its client, and its open permission requests.
/// It does not belong to a socket.
///
/// Any thread.
final class ManagedSession {
    private static final int MAX_RULES = 200;

    private final Session session;
    private final ManagedSessionOptions options;
    private final PromptSettings settings;
    private final PermissionRequests permissionRequests;
    private final Presence presence;
    private final List<AllowRule> rules;
    private final AtomicInteger prompts = new AtomicInteger();

    /// @param settings with which its clients' prompts run
    /// @param onDeleted run when the session has been deleted
    ManagedSession(
            Session session,
            ManagedSessionOptions options,
            PromptSettings settings,
            DialectContext context,
            Duration permissionTimeout,
            Runnable onDeleted) {
        this.session = session;
        this.options = options;
        this.settings = settings;
        this.rules = new CopyOnWriteArrayList<>(options.rules());
        this.presence = new Presence(onDeleted);
        this.permissionRequests =
                new PermissionRequests(
                        context.timer(),
                        permissionTimeout,
                        answer -> session.reply(presence, answer));
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
        if (rules.size() >= MAX_RULES) {
            throw new CommandRefusedException(
                    "Failed to add always-allow rule: a session has at most " + MAX_RULES);
        }
        rules.add(rule);
    }

    void removeRule(String id) {
        rules.removeIf(r -> r.id().toString().equals(id));
    }

    /// Allows a tool use if a rule permits it.
    ///
    /// @return false if no rule does
    boolean allowsByRule(String request, String tool, JsonNode input) {
        String folder = options.workingDirectory();
        Path in = folder == null ? null : Path.of(folder);
        if (rules.stream().noneMatch(r -> r.allows(tool, input, in))) {
            return false;
        }
        permissionRequests.allow(request, input);
        return true;
    }

    PermissionRequests permissionRequests() {
        return permissionRequests;
    }

    void subscribe(Subscriber subscriber) {
        session.subscribe(subscriber, null);
    }

    void unsubscribe(Subscriber subscriber) {
        session.unsubscribe(subscriber);
    }

    void prompt(Subscriber from, Message user) {
        prompts.incrementAndGet();
        session.prompt(from, user, settings);
    }

    /// Interrupts the turn.
    ///
    /// @param from receives the `control_response`
    void interrupt(Subscriber from, String request) {
        ObjectNode interrupt = Json.object().put("subtype", ControlSubtype.INTERRUPT);
        session.request(from, ControlMessages.request(request, interrupt));
    }

    /// Removes a prompt that has not started.
    void cancelPrompt(Subscriber from, UUID prompt) {
        ObjectNode cancel =
                Json.object()
                        .put("subtype", ControlSubtype.CANCEL_ASYNC_MESSAGE)
                        .put("message_uuid", prompt.toString());
        session.request(from, ControlMessages.request(prompt.toString(), cancel));
    }

    /// Removes the session from the dialect's care: withdraws its permission requests.
    void close() {
        permissionRequests.withdrawAll();
        session.unsubscribe(presence);
    }

    /// The session object of the protocol (wire.md 5.4).
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

    /// Stays subscribed when all sockets have closed, so that asks which no client can answer are
    /// denied instead of waiting.
    private static final class Presence extends PassiveSubscriber {
        private final Runnable onDeleted;

        Presence(Runnable onDeleted) {
            this.onDeleted = onDeleted;
        }

        @Override
        public void onDeleted() {
            onDeleted.run();
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
