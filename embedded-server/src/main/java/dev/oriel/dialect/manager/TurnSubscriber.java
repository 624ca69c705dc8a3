package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One client's part in one session: sends its prompts there, and what they bring back here.
///
/// On the session's lane, but for [#prompt(JsonNode)], [#interrupt()] and [#leave()].
final class TurnSubscriber extends PeerSubscriber {
    private final ManagedSession session;
    private final TurnFrames frames;

    TurnSubscriber(ManagedSession session, Peer peer) {
        super(peer);
        this.session = session;
        this.frames = new TurnFrames(session.id(), session.generation());
        session.subscribe(this);
    }

    ManagedSession session() {
        return session;
    }

    /// @param content a text, or blocks of text and images
    void prompt(JsonNode content) {
        UUID uuid = UUID.randomUUID();
        frames.expect(uuid);
        session.prompt(this, UserMessages.prompt(uuid, content));
    }

    /// Stops the turn that runs. What comes of it is told.
    void interrupt() {
        String request = "interrupt-" + UUID.randomUUID();
        frames.expectInterrupt(request);
        session.interrupt(this, request);
    }

    void leave() {
        session.unsubscribe(this);
    }

    @Override
    protected void say(List<Delivery> deliveries) {
        List<byte[]> texts = new ArrayList<>();
        for (Delivery d : deliveries) {
            frames.of(d.message()).forEach(f -> texts.add(Json.bytes(f)));
            ask(d.message()).ifPresent(f -> texts.add(Json.bytes(f)));
            // Else they would begin together with the next one, when nobody waits for them.
            frames.abandoned().forEach(prompt -> session.cancel(this, prompt));
        }
        if (!texts.isEmpty()) {
            peer.send(new TextFrames(texts));
        }
    }

    /// Keeps an ask for an answer, or forgets one.
    private Optional<ObjectNode> ask(Message m) {
        String request = m.requestId();
        if (request == null) {
            return Optional.empty();
        }
        if (m.is("control_cancel_request")) {
            session.asks().withdraw(request);
        } else if (m.is("control_request", "can_use_tool") && frames.isMine()) {
            JsonNode ask = m.tree().path("request");
            String tool = ask.path("tool_name").asText();
            if (!session.allowsByRule(request, tool, ask.path("input"))
                    && session.asks().open(request, tool, ask.path("input"))) {
                return Optional.of(request(request, tool, ask.path("input")));
            }
        }
        return Optional.empty();
    }

    private ObjectNode request(String request, String tool, JsonNode input) {
        ObjectNode frame = Frames.permissionRequest(session.id(), request, tool, input);
        return session.generation() == Generation.THIRD ? Frames.withPermissionId(frame) : frame;
    }

    /// Whether it is shown the asks of the turn that runs.
    @Override
    public boolean answersAsks() {
        return frames.isMine();
    }

    /// Somebody deleted it.
    @Override
    public void gone() {
        peer.send(TextFrames.of(Frames.sessionEnded(session.id()).toString()));
    }
}
