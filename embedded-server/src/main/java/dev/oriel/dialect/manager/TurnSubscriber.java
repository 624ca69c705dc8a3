package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.AskOpened;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Connects one client to one session: sends its prompts, and receives the session's events.
///
/// Confined to the session's lane, except for [#prompt(JsonNode)], [#interrupt()] and
/// [#unsubscribe()].
final class TurnSubscriber extends PeerSubscriber {
    private final ManagedSession session;
    private final ManagerFrameMapper frames;

    TurnSubscriber(ManagedSession session, Peer peer) {
        super(peer);
        this.session = session;
        this.frames = new ManagerFrameMapper(session.id(), session.generation());
        session.subscribe(this);
    }

    ManagedSession session() {
        return session;
    }

    /// @param content a string, or an array of text and image blocks
    void prompt(JsonNode content) {
        UUID uuid = UUID.randomUUID();
        frames.expectPrompt(uuid);
        session.prompt(this, UserMessages.prompt(uuid, content));
    }

    /// Interrupts the turn. The client receives the outcome.
    void interrupt() {
        String request = "interrupt-" + UUID.randomUUID();
        frames.expectInterrupt(request);
        session.interrupt(this, request);
    }

    void unsubscribe() {
        session.unsubscribe(this);
    }

    @Override
    protected void sendAll(List<Delivery> deliveries) {
        List<byte[]> texts = new ArrayList<>();
        for (Delivery d : deliveries) {
            frames.toFrames(d.event()).forEach(f -> texts.add(Json.encode(f)));
            applyAsk(d.event()).ifPresent(f -> texts.add(Json.encode(f)));
            // Otherwise they would start together with the next prompt, when no client waits for
            // them.
            frames.drainAbandoned().forEach(prompt -> session.cancelPrompt(this, prompt));
        }
        if (!texts.isEmpty()) {
            peer.send(new TextFrames(texts));
        }
    }

    /// Opens or withdraws a permission request.
    private Optional<ObjectNode> applyAsk(SessionEvent event) {
        switch (event) {
            case AskClosed closed -> session.permissionRequests().withdraw(closed.requestId());
            case AskOpened(Message m)
                    when m.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)
                            && m.requestId() != null
                            && frames.isOwnTurn() -> {
                String request = m.requestId();
                JsonNode ask = m.tree().path("request");
                String tool = ask.path("tool_name").asText();
                if (!session.allowsByRule(request, tool, ask.path("input"))
                        && session.permissionRequests().open(request, tool, ask.path("input"))) {
                    return Optional.of(request(request, tool, ask.path("input")));
                }
            }
            default -> {
                // Not an ask.
            }
        }
        return Optional.empty();
    }

    private ObjectNode request(String request, String tool, JsonNode input) {
        ObjectNode frame = ManagerFrames.permissionRequest(session.id(), request, tool, input);
        return session.generation() == ClientGeneration.THIRD
                ? ManagerFrames.withPermissionId(frame)
                : frame;
    }

    /// Whether the client receives the asks of the current turn.
    @Override
    public boolean answersAsks() {
        return frames.isOwnTurn();
    }

    @Override
    public void onDeleted() {
        peer.send(TextFrames.of(ManagerFrames.sessionEnded(session.id()).toString()));
    }
}
