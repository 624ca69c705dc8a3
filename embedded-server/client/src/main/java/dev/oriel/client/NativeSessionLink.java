package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class NativeSessionLink implements SessionLink, Link.Peer {
    private static final Logger LOG = LoggerFactory.getLogger(NativeSessionLink.class);
    private static final long CONTROL_DEADLINE_SECONDS = 60;
    private static final int OTHER_JOURNAL = 4009;

    private final String id;
    private final ServerAddress server;
    private final Outbox outbox;
    private final SessionListener listener;
    private final Link link;
    private final Map<String, CompletableFuture<ObjectNode>> requests = new ConcurrentHashMap<>();
    private volatile boolean live;

    // Guarded by the link's lane.
    private long lastSeq;

    /// The identity of the server's journal, once it has told it. Guarded by the link's lane.
    private @Nullable String journal;

    NativeSessionLink(
            String id,
            long after,
            ServerAddress server,
            Outbox outbox,
            SessionListener listener,
            Function<Link.Peer, Link> links) {
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
        return server.webSocket("/v1/sessions/ws/" + id + "/subscribe?after=" + lastSeq + known);
    }

    @Override
    public Ending ended(Ending usual, int code, String reason) {
        if (code == OTHER_JOURNAL) {
            beginAgain();
        }
        return usual;
    }

    /// The server's journal is another one: nothing that came before counts any more.
    private void beginAgain() {
        lastSeq = 0;
        journal = null;
        listener.restarted();
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
            link.renew();
            return false;
        }
        journal = says.textValue();
        return true;
    }

    @Override
    public void opened(String credential) {
        deliver();
    }

    @Override
    public void deliver() {
        for (Message prompt : outbox.waiting(id)) {
            link.send(prompt.toString());
        }
    }

    @Override
    public void frame(String json) {
        link.admitted();
        Message message;
        try {
            message = Message.parse(json.strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            // System 003's rule: such a frame is dropped and the socket stays.
            LOG.warn("A frame of the server is {}", e.getMessage());
            return;
        }
        long seq = Seq.of(message);
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
        listener.message(message);
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
                    new RemoteException(
                            response.path("error_code").asText("refused"),
                            response.path("error").asText("The server said no.")));
        } else {
            waiting.complete(
                    response.path("response") instanceof ObjectNode inner ? inner : Json.object());
        }
        return true;
    }

    @Override
    public void state(LinkState state) {
        live = state instanceof LinkState.Live;
        if (!live) {
            for (CompletableFuture<ObjectNode> waiting : requests.values()) {
                waiting.completeExceptionally(lost());
            }
            requests.clear();
        }
        listener.link(state);
    }

    private static RemoteException lost() {
        return new RemoteException("link_lost", "The connection to the server is not there.");
    }

    @Override
    public CompletableFuture<ObjectNode> control(ObjectNode request) {
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
    public boolean answer(Message response) {
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
