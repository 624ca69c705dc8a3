package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.MessageSeq;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.SessionListener;
import dev.oriel.client.SessionSubscription;
import dev.oriel.client.link.DisconnectReason;
import dev.oriel.client.link.ReconnectingWebSocket;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The native subscribe socket: resumes after the last `seq` it has handed on, hands none on twice,
/// and takes prompts out of the outbox when the server has confirmed them.
final class NativeSessionSubscription
        implements SessionSubscription, ReconnectingWebSocket.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(NativeSessionSubscription.class);
    private static final long CONTROL_DEADLINE_SECONDS = 60;
    private static final int OTHER_JOURNAL = 4009;

    private final String id;
    private final ServerAddress server;
    private final PromptOutbox outbox;
    private final SessionListener listener;
    private final ReconnectingWebSocket link;
    private final Map<String, CompletableFuture<ObjectNode>> requests = new ConcurrentHashMap<>();
    private volatile boolean live;

    // Guarded by the link's lane.
    private long lastSeq;

    /// The identity of the server's journal, once it has told it. Guarded by the link's lane.
    private @Nullable String journal;

    NativeSessionSubscription(
            String id,
            long after,
            ServerAddress server,
            PromptOutbox outbox,
            SessionListener listener,
            Function<ReconnectingWebSocket.Handler, ReconnectingWebSocket> links) {
        this.id = id;
        this.lastSeq = after;
        this.server = server;
        this.outbox = outbox;
        this.listener = listener;
        this.link = links.apply(this);
    }

    void start() {
        link.start();
    }

    @Override
    public String sessionId() {
        return id;
    }

    @Override
    public URI address(String credential) {
        String known =
                journal == null
                        ? ""
                        : "&journal=" + URLEncoder.encode(journal, StandardCharsets.UTF_8);
        return server.webSocketUri("/v1/sessions/ws/" + id + "/subscribe?after=" + lastSeq + known);
    }

    @Override
    public DisconnectReason onDisconnect(DisconnectReason usual, int code, String reason) {
        if (code == OTHER_JOURNAL) {
            beginAgain();
        }
        return usual;
    }

    /// The server's journal is another one: nothing that came before counts any more.
    private void beginAgain() {
        lastSeq = 0;
        journal = null;
        listener.onJournalReplaced();
    }

    /// @return false if it is another journal than before, and all begins again
    private boolean isOfTheSameJournal(Message session) {
        JsonNode says = session.tree().path("journal");
        long last = session.tree().path("session").path("last_seq").asLong(Long.MAX_VALUE);
        if (!says.isTextual()) {
            return true;
        }
        if ((journal != null && !journal.equals(says.textValue())) || last < lastSeq) {
            LOG.warn("Session {}: the server's journal is another one than before", id);
            beginAgain();
            link.replaceConnection();
            return false;
        }
        journal = says.textValue();
        return true;
    }

    @Override
    public void onOpen(String credential) {
        sendPending();
    }

    @Override
    public void sendPending() {
        for (Message prompt : outbox.pending(id)) {
            link.send(prompt.toString());
        }
    }

    @Override
    public void onFrame(String json) {
        link.markLive();
        Message message;
        try {
            message = Message.parse(json.strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            // System 003's rule: such a frame is dropped and the socket stays.
            LOG.warn("A frame of the server is {}", e.getMessage());
            return;
        }
        long seq = MessageSeq.of(message);
        if (seq > 0) {
            if (seq <= lastSeq) {
                return;
            }
            if (seq > lastSeq + 1) {
                LOG.warn("Session {}: {} follows {}; asking again", id, seq, lastSeq);
                link.reconnect();
                return;
            }
            lastSeq = seq;
        }
        if (message.is("system", "oriel_session") && !isOfTheSameJournal(message)) {
            return;
        }
        confirm(message);
        if (message.is("control_response") && answered(message)) {
            return;
        }
        listener.onMessage(message);
    }

    private void confirm(Message message) {
        switch (message.type()) {
            case "command_lifecycle" -> outbox.remove(message.tree().path("command_uuid").asText());
            case "user" -> {
                if (message.uuid() != null) {
                    outbox.remove(message.uuid());
                }
            }
            case "system" -> {
                if ("oriel_queue".equals(message.subtype())) {
                    for (JsonNode waiting : message.tree().path("prompts")) {
                        outbox.remove(waiting.path("uuid").asText());
                    }
                }
            }
            default -> {
                // Confirms nothing.
            }
        }
    }

    private boolean answered(Message message) {
        CompletableFuture<ObjectNode> waiting =
                message.requestId() == null ? null : requests.remove(message.requestId());
        if (waiting == null) {
            return false;
        }
        JsonNode response = message.tree().path("response");
        if ("error".equals(response.path("subtype").asText())) {
            waiting.completeExceptionally(
                    new ClientException(
                            response.path("error_code").asText("refused"),
                            response.path("error").asText("The server said no.")));
        } else {
            waiting.complete(
                    response.path("response") instanceof ObjectNode inner ? inner : Json.object());
        }
        return true;
    }

    @Override
    public void onStatus(ConnectionStatus state) {
        live = state instanceof ConnectionStatus.Live;
        if (!live) {
            for (CompletableFuture<ObjectNode> waiting : requests.values()) {
                waiting.completeExceptionally(lost());
            }
            requests.clear();
        }
        listener.onStatus(state);
    }

    private static ClientException lost() {
        return new ClientException("link_lost", "The connection to the server is not there.");
    }

    @Override
    public CompletableFuture<ObjectNode> sendControl(ObjectNode request) {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        if (!live) {
            answer.completeExceptionally(lost());
            return answer;
        }
        String requestId = UUID.randomUUID().toString();
        requests.put(requestId, answer);
        ObjectNode frame = Json.object();
        frame.put("type", "control_request").put("request_id", requestId).set("request", request);
        link.send(frame.toString());
        return answer.orTimeout(CONTROL_DEADLINE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((_, _) -> requests.remove(requestId));
    }

    @Override
    public boolean reply(Message response) {
        if (!live) {
            return false;
        }
        link.send(response.toString());
        return true;
    }

    @Override
    public void reconnect() {
        link.reconnect();
    }

    @Override
    public void close() {
        link.close();
    }
}
