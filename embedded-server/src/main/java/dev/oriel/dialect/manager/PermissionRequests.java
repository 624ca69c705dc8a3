package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlMessages;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open permission requests of a session. Any client can answer; after a given time a request
/// is denied (wire.md 5.5).
///
/// Any thread.
final class PermissionRequests {
    private static final String TOO_LATE = "Permission request timed out";
    private static final String REFUSED = "User denied permission";

    private final ScheduledExecutorService timer;
    private final Duration within;
    private final Consumer<Message> agent;
    private final Map<String, PermissionRequest> open = new ConcurrentHashMap<>();

    /// @param tool the CLI's name
    private record PermissionRequest(String tool, JsonNode input, Future<?> deadline) {}

    /// @param agent receives the answers; must not block
    PermissionRequests(ScheduledExecutorService timer, Duration within, Consumer<Message> agent) {
        this.timer = timer;
        this.within = within;
        this.agent = agent;
    }

    /// @return false if it is open already
    boolean open(String request, String tool, JsonNode input) {
        if (open.containsKey(request)) {
            return false;
        }
        Future<?> deadline =
                timer.schedule(
                        () -> {
                            if (open.remove(request) != null) {
                                agent.accept(ControlMessages.success(request, deny(TOO_LATE)));
                            }
                        },
                        within.toMillis(),
                        TimeUnit.MILLISECONDS);
        open.put(request, new PermissionRequest(tool, input, deadline));
        return true;
    }

    /// Withdraws a request that was answered elsewhere, or that the agent has withdrawn.
    void withdraw(String request) {
        PermissionRequest ask = open.remove(request);
        if (ask != null) {
            ask.deadline().cancel(false);
        }
    }

    void withdrawAll() {
        open.keySet().forEach(this::withdraw);
    }

    /// Answers a request.
    ///
    /// @return the tool; empty if the request is not open
    Optional<String> resolve(ManagerCommand.PermissionResponse response) {
        String request = response.request() == null ? only() : response.request();
        PermissionRequest ask = request == null ? null : open.remove(request);
        if (request == null || ask == null) {
            return Optional.empty();
        }
        ask.deadline().cancel(false);
        String reason = response.reason();
        agent.accept(
                ControlMessages.success(
                        request,
                        response.approved()
                                ? allow(ask.input())
                                : deny(reason == null || reason.isBlank() ? REFUSED : reason)));
        return Optional.of(ask.tool());
    }

    /// Allows a request without opening it.
    void allow(String request, JsonNode input) {
        agent.accept(ControlMessages.success(request, allow(input)));
    }

    /// The open request, if there is exactly one.
    private @Nullable String only() {
        List<String> all = List.copyOf(open.keySet());
        return all.size() == 1 ? all.getFirst() : null;
    }

    /// Older CLIs require the input in the answer (wire.md 6.6).
    private static ObjectNode allow(JsonNode input) {
        ObjectNode decision = Json.object().put("behavior", "allow");
        decision.set("updatedInput", input.isObject() ? input : Json.object());
        return decision;
    }

    private static ObjectNode deny(String why) {
        return Json.object().put("behavior", "deny").put("message", why);
    }
}
