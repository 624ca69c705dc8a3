package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Sends a session's events as server-sent events, in the envelopes that the Claude Agent SDK
/// reads: journaled messages with their number, live ones without.
final class EventStreamSubscriber extends PeerSubscriber {
    private static final TextFrames KEEP_ALIVE = TextFrames.of(":\n\n");
    private static final byte[] END = "}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final UUID session;

    EventStreamSubscriber(UUID session, Peer peer) {
        super(peer);
        this.session = session;
    }

    /// Readers take a silent stream for a broken one.
    void sendKeepAlive() {
        peer.send(KEEP_ALIVE);
    }

    @Override
    protected void sendAll(List<Delivery> deliveries) {
        List<byte[]> events = new ArrayList<>(deliveries.size());
        for (Delivery d : deliveries) {
            if (d.event() instanceof PromptChanged changed) {
                addUpdate(changed, events);
            }
            events.add(event(d));
        }
        peer.send(new TextFrames(events));
    }

    private byte[] event(Delivery d) {
        Message m = d.message();
        if (m.is(MessageType.KEEP_ALIVE)) {
            return KEEP_ALIVE.texts().getFirst();
        }
        var out = new ByteArrayOutputStream(m.bytes().length + 200);
        if (m.is(MessageType.STREAM_EVENT)) {
            write(out, "event: ephemeral_event\ndata: {\"payload\":");
        } else {
            write(out, "event: client_event\n");
            ObjectNode envelope = Json.object().put("event_id", eventId(d));
            if (d.isJournaled()) {
                write(out, "id: " + d.seq() + "\n");
                envelope.put("sequence_num", d.seq());
            }
            envelope.put("source", isPrompt(d.event()) ? "client" : "worker");
            String head = envelope.toString();
            write(out, "data: " + head.substring(0, head.length() - 1) + ",\"payload\":");
        }
        oneLine(m.bytes(), out);
        out.writeBytes(END);
        return out.toByteArray();
    }

    private static boolean isPrompt(SessionEvent event) {
        return event instanceof MessageEvent message && message.isPrompt();
    }

    private String eventId(Delivery d) {
        String uuid = d.message().uuid();
        if (uuid != null) {
            return uuid;
        }
        return d.isJournaled()
                ? UUID.nameUUIDFromBytes(
                                (session + "/" + d.seq()).getBytes(StandardCharsets.US_ASCII))
                        .toString()
                : UUID.randomUUID().toString();
    }

    /// Adds the progress of a prompt.
    private static void addUpdate(PromptChanged changed, List<byte[]> events) {
        String status =
                switch (changed.progress()) {
                    case QUEUED -> "DELIVERY_STATUS_RECEIVED";
                    case STARTED -> "DELIVERY_STATUS_PROCESSING";
                    case COMPLETED -> "DELIVERY_STATUS_PROCESSED";
                    case CANCELLED, FAILED -> "";
                };
        if (!status.isEmpty()) {
            ObjectNode update =
                    Json.object()
                            .put("event_id", changed.prompt().toString())
                            .put("status", status);
            events.add(
                    ("event: delivery_update\ndata: " + update + "\n\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Replaces line breaks: in JSON they can only stand between tokens; inside a text they are
    /// written as `\n`.
    private static void oneLine(byte[] json, ByteArrayOutputStream out) {
        for (byte b : json) {
            out.write(b == '\n' || b == '\r' ? ' ' : b);
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The client has sent the server's token, or none is needed.
    @Override
    public Role role() {
        return Role.OWNER;
    }

    /// A reader that reconnects gets the status 404.
    @Override
    public void onDeleted() {
        peer.close(CloseCode.NO_SUCH_SESSION, "session deleted");
    }
}
