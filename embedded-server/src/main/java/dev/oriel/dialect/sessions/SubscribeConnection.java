package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `WS /v1/sessions/ws/{id}/subscribe`: one client in one session.
final class SubscribeConnection implements DialectConnection {
    private static final int INTERNAL_ERROR = 1011;

    private final Peer peer;
    private final NativeSubscriber subscriber;
    private final @Nullable Session session;

    SubscribeConnection(Sessions sessions, Optional<UUID> id, @Nullable Long after, Peer peer) {
        this.peer = peer;
        this.subscriber = new NativeSubscriber(peer);
        this.session = find(sessions, id, peer);
        if (session != null) {
            peer.describe("session " + session.id());
            session.subscribe(subscriber, after);
        }
    }

    private static @Nullable Session find(Sessions sessions, Optional<UUID> id, Peer peer) {
        try {
            Session found = id.isEmpty() ? null : sessions.open(id.get()).orElse(null);
            if (found == null) {
                peer.close(CloseCodes.NO_SUCH_SESSION, "no such session");
            }
            return found;
        } catch (JournalException e) {
            peer.close(INTERNAL_ERROR, e.getMessage());
            return null;
        }
    }

    @Override
    public void onText(String text) {
        Session s = session;
        if (s == null) {
            return;
        }
        try {
            // Clients may end a frame with a line break.
            Message m = Message.parse(text.strip());
            switch (m.type()) {
                case "user" ->
                        s.prompt(subscriber, UserMessages.checked(Json.readObject(m.bytes())));
                case "control_request" -> s.request(subscriber, m);
                case "control_response" -> s.answer(subscriber, m);
                case "keep_alive", "control_cancel_request", "auth" -> {
                    // A sign of life; an answer that we wait for anyway; a second login.
                }
                default -> refuse("this type is not for clients to send");
            }
        } catch (MalformedMessageException e) {
            refuse(e.getMessage());
        }
    }

    private void refuse(String why) {
        ObjectNode frame = Json.object().put("type", "error");
        frame.putObject("error").put("code", "bad_request").put("message", why);
        peer.send(TextFrames.lines(List.of(Json.bytes(frame))));
    }

    @Override
    public void onBinary(int bytes) {
        refuse("binary frames are not understood");
    }

    @Override
    public void onClosed() {
        if (session != null) {
            session.unsubscribe(subscriber);
        }
    }
}
