package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session of a server that knows less of it than Oriel's own would: what is missing is kept
/// here. Belongs to its client's lane; [#book] may be read from anywhere.
final class CompatSession {
    private static final int LONGEST_TITLE = 60;

    final String id;

    /// What the server calls it.
    final String name;

    final MessageHistory book = new MessageHistory();
    final List<CompatSubscription> listeners = new ArrayList<>();
    private final Map<String, Message> asks = new LinkedHashMap<>();
    private final Instant created;
    private Instant updated;
    private String title = "";
    private String cwd = "";
    private @Nullable String model;
    private @Nullable String mode;
    private @Nullable String error;
    private double cost;
    private boolean stopping;
    boolean running;

    /// Whether the prompts that wait are not begun until somebody goes on.
    boolean held;

    CompatSession(String id, String name, Instant now) {
        this.id = id;
        this.name = name;
        this.created = now;
        this.updated = now;
    }

    /// What a person chose.
    void chosen(NewSessionRequest how) {
        cwd = how.cwd() == null ? cwd : how.cwd();
        mode = how.permissionMode() == null ? mode : how.permissionMode();
        model = how.model() == null ? model : how.model();
    }

    /// What the server says.
    void known(ProtocolEffect.Known says) {
        cwd = says.cwd().isEmpty() ? cwd : says.cwd();
        mode = says.mode() == null ? mode : says.mode();
        error = says.error();
        updated = says.updated() == null ? updated : says.updated();
    }

    void begins(String prompt, Instant now) {
        running = true;
        stopping = false;
        error = null;
        updated = now;
        if (title.isEmpty()) {
            String first = prompt.strip().lines().findFirst().orElse("");
            title =
                    first.length() > LONGEST_TITLE
                            ? first.substring(0, Graphemes.prefixEnd(first, LONGEST_TITLE)).strip()
                                    + "…"
                            : first;
        }
    }

    void stopping() {
        stopping = true;
    }

    void over(Instant now) {
        running = false;
        stopping = false;
        asks.clear();
        updated = now;
    }

    /// Takes a message in: keeps it, and numbers it, if it is one to keep.
    Message say(Message message) {
        switch (message.type()) {
            case "system" -> {
                if (message.is("system", "init")) {
                    model = text(message, "model", model);
                    mode = text(message, "permissionMode", mode);
                    cwd = String.valueOf(text(message, "cwd", cwd));
                }
            }
            case "result" -> {
                double said = message.tree().path("total_cost_usd").asDouble();
                cost = Math.max(cost, said);
                error = null;
            }
            case "control_request" -> asks.put(String.valueOf(message.requestId()), message);
            default -> {
                // Only said.
            }
        }
        return message.isLiveOnly() ? message : book.append(message);
    }

    private static @Nullable String text(Message of, String member, @Nullable String otherwise) {
        String said = of.tree().path(member).textValue();
        return said == null ? otherwise : said;
    }

    /// @return whether it was still open
    boolean answered(String requestId) {
        return asks.remove(requestId) != null;
    }

    List<Message> asks() {
        return List.copyOf(asks.values());
    }

    SessionInfo info() {
        Activity activity =
                !running
                        ? error == null ? Activity.IDLE : Activity.FAILED
                        : stopping
                                ? Activity.INTERRUPTING
                                : asks.isEmpty() ? Activity.RUNNING : Activity.ASKING;
        return new SessionInfo(
                id,
                title,
                cwd,
                "",
                activity,
                model,
                mode,
                false,
                false,
                created,
                updated,
                0,
                book.last(),
                cost,
                error);
    }

    void hold(boolean now) {
        if (held != now) {
            held = now;
            List.copyOf(listeners).forEach(l -> l.say(queue()));
        }
    }

    /// As Oriel's own server says it; the prompts themselves wait in the outbox.
    Message queue() {
        ObjectNode queue = Json.object().put("type", "system").put("subtype", "oriel_queue");
        queue.putArray("prompts");
        return Message.of(queue.put("held", held));
    }

    /// What Oriel's own server would say at every change of state.
    Message state() {
        return Message.of(
                Json.object()
                        .put("type", "system")
                        .put("subtype", "oriel_session")
                        .set("session", info().toJson()));
    }
}
