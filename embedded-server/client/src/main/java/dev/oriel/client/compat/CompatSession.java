package dev.oriel.client.compat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.client.compat.protocol.ProtocolEffect.ListedSession;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session of a server that keeps less of it than Oriel's own does: its history, state and asks
/// are kept here. Confined to the client's lane; [#history()] may be read by any thread.
final class CompatSession {
    private static final int MAX_TITLE = 60;

    /// Whether a turn runs.
    enum Turn {
        NONE,
        RUNNING,
        /// The user interrupted it, and it has not ended yet.
        INTERRUPTING
    }

    private final String id;
    private final String serverName;
    private final MessageHistory history = new MessageHistory();
    private final Map<String, Message> asks = new LinkedHashMap<>();
    private final Instant created;
    private Instant updated;
    private Turn turn = Turn.NONE;
    private boolean queueHeld;
    private String title = "";
    private String cwd = "";
    private @Nullable String model;
    private @Nullable String mode;
    private @Nullable String error;
    private double costUsd;

    /// @param serverName the server's name of it
    CompatSession(String id, String serverName, Instant now) {
        this.id = id;
        this.serverName = serverName;
        this.created = now;
        this.updated = now;
    }

    String id() {
        return id;
    }

    String serverName() {
        return serverName;
    }

    MessageHistory history() {
        return history;
    }

    boolean isRunning() {
        return turn != Turn.NONE;
    }

    /// Whether pending prompts are not sent until the user says so.
    boolean isQueueHeld() {
        return queueHeld;
    }

    /// @return whether that changed anything
    boolean setQueueHeld(boolean held) {
        boolean changed = queueHeld != held;
        queueHeld = held;
        return changed;
    }

    /// Updates what the user chose.
    void choose(NewSessionRequest chosen) {
        cwd = chosen.cwd() == null ? cwd : chosen.cwd();
        mode = chosen.permissionMode() == null ? mode : chosen.permissionMode();
        model = chosen.model() == null ? model : chosen.model();
    }

    /// Updates what the server says.
    void update(ListedSession listed) {
        cwd = listed.cwd().isEmpty() ? cwd : listed.cwd();
        mode = listed.mode() == null ? mode : listed.mode();
        error = listed.error();
        updated = listed.updated() == null ? updated : listed.updated();
    }

    /// A turn starts with this prompt; the first one gives the session its title.
    ///
    /// @param prompt empty if it is not known
    void startTurn(String prompt, Instant now) {
        turn = Turn.RUNNING;
        error = null;
        updated = now;
        if (title.isEmpty()) {
            String first = prompt.strip().lines().findFirst().orElse("");
            title =
                    first.length() > MAX_TITLE
                            ? first.substring(0, Graphemes.prefixEnd(first, MAX_TITLE)).strip()
                                    + "…"
                            : first;
        }
    }

    void interruptTurn() {
        if (isRunning()) {
            turn = Turn.INTERRUPTING;
        }
    }

    void finishTurn(Instant now) {
        turn = Turn.NONE;
        asks.clear();
        updated = now;
    }

    /// Updates the session by a message, and appends it to the history if it belongs there.
    ///
    /// @return the message, with its `seq` if it has one
    Message receive(Message message) {
        switch (message.type()) {
            case MessageType.SYSTEM -> {
                if (SystemSubtype.INIT.equals(message.subtype())) {
                    model = text(message, "model", model);
                    mode = text(message, "permissionMode", mode);
                    cwd = String.valueOf(text(message, "cwd", cwd));
                }
            }
            case MessageType.RESULT -> {
                costUsd = Math.max(costUsd, message.tree().path("total_cost_usd").asDouble());
                error = null;
            }
            case MessageType.CONTROL_REQUEST ->
                    asks.put(String.valueOf(message.requestId()), message);
            default -> {
                // Changes nothing.
            }
        }
        return message.isLiveOnly() ? message : history.append(message);
    }

    private static @Nullable String text(
            Message message, String member, @Nullable String otherwise) {
        String text = message.tree().path(member).textValue();
        return text == null ? otherwise : text;
    }

    /// Removes an ask.
    ///
    /// @return whether it was pending
    boolean removeAsk(String requestId) {
        return asks.remove(requestId) != null;
    }

    List<Message> pendingAsks() {
        return List.copyOf(asks.values());
    }

    private Activity activity() {
        return switch (turn) {
            case NONE -> error == null ? Activity.IDLE : Activity.FAILED;
            case RUNNING -> asks.isEmpty() ? Activity.RUNNING : Activity.ASKING;
            case INTERRUPTING -> Activity.INTERRUPTING;
        };
    }

    SessionInfo info() {
        return new SessionInfo(
                id,
                title,
                cwd,
                "",
                activity(),
                model,
                mode,
                false,
                false,
                created,
                updated,
                0,
                history.lastSeq(),
                costUsd,
                error);
    }

    /// The message that Oriel's own server sends when the state changes.
    Message stateMessage() {
        return Message.of(
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_SESSION)
                        .set("session", info().toJson()));
    }

    /// The message that Oriel's own server sends when the queue changes. Here the prompts
    /// themselves wait in the outbox.
    Message queueMessage() {
        ObjectNode queue =
                Json.object()
                        .put("type", MessageType.SYSTEM)
                        .put("subtype", SystemSubtype.ORIEL_QUEUE);
        queue.putArray("prompts");
        return Message.of(queue.put("held", queueHeld));
    }
}
