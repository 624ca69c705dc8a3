package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.ToolClient;
import dev.oriel.dialect.ToolFrames;
import dev.oriel.journal.JournalException;
import dev.oriel.message.CloseCode;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `WS /v1/sessions/ws/{id}/subscribe`: one client of one session. If the session or the client's
/// position does not exist, the connection is closed with the code that says so, and frames are
/// dropped.
///
/// Called on the gateway's thread for this client; the session answers on its lane.
final class SubscribeConnection implements DialectConnection {
    private final Peer peer;
    private final NativeSubscriber subscriber;
    private final ToolClient tools;
    private final @Nullable Session session; // null if the client was refused

    /// @param journal identity of the journal that the client knows; null if it does not say
    SubscribeConnection(
            Sessions sessions,
            Optional<UUID> id,
            @Nullable Long after,
            @Nullable String journal,
            Peer peer) {
        this.peer = peer;
        this.subscriber = new NativeSubscriber(peer);
        this.tools = new ToolClient(this::send);
        this.session =
                journal == null || hasPosition(sessions, id, after, journal)
                        ? openOrClose(sessions, id, peer)
                        : closeForOtherJournal(peer);
        if (session != null) {
            peer.describe("session " + session.id());
            session.subscribe(subscriber, after);
        }
    }

    /// True if the client's position exists in this journal. It does not if it belongs to another
    /// journal, or if an older copy of the journal was restored.
    private static boolean hasPosition(
            Sessions sessions, Optional<UUID> id, @Nullable Long after, String journal) {
        long last =
                id.flatMap(sessions::find).map(v -> v.record().lastSeq()).orElse(Long.MAX_VALUE);
        return journal.equals(sessions.journal().toString()) && (after == null || after <= last);
    }

    private static @Nullable Session closeForOtherJournal(Peer peer) {
        peer.close(CloseCode.OTHER_JOURNAL, "another journal");
        return null;
    }

    private static @Nullable Session openOrClose(Sessions sessions, Optional<UUID> id, Peer peer) {
        try {
            Session found = id.isEmpty() ? null : sessions.open(id.get()).orElse(null);
            if (found == null) {
                peer.close(CloseCode.NO_SUCH_SESSION, "no such session");
            }
            return found;
        } catch (JournalException e) {
            peer.close(CloseCode.INTERNAL_ERROR, e.getMessage());
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
                case MessageType.USER ->
                        s.prompt(subscriber, UserMessages.check(Json.parseObject(m.bytes())));
                case MessageType.CONTROL_REQUEST -> s.request(subscriber, m);
                case MessageType.CONTROL_RESPONSE -> s.reply(subscriber, m);
                case MessageType.DEFINE_TOOL -> defineTool(s, m);
                case MessageType.TOOL_OUTPUT -> toolOutput(s, m);
                case MessageType.KEEP_ALIVE, MessageType.CONTROL_CANCEL_REQUEST, "auth" -> {
                    // A keep-alive, the withdrawal of a request whose reply is awaited, or a second
                    // login.
                }
                default -> refuse("this type is not for clients to send");
            }
        } catch (MalformedMessageException e) {
            refuse(e.getMessage());
        }
    }

    private void defineTool(Session s, Message frame) {
        s.tools()
                .define(tools, frame.tree().path("tool"))
                .whenComplete((tool, failure) -> {
                    if (failure == null) {
                        send(ToolFrames.defined(tool));
                    } else {
                        refuse(String.valueOf(failure.getMessage()));
                    }
                });
    }

    private void toolOutput(Session s, Message frame) {
        String call = frame.tree().path("call_id").asText();
        if (!s.tools().receiveOutput(tools, call, ToolFrames.output(frame.tree()))) {
            refuse(ErrorCode.NOT_FOUND, ToolFrames.NO_PENDING_CALL);
        }
    }

    private void refuse(String reason) {
        refuse(ErrorCode.BAD_REQUEST, reason);
    }

    private void refuse(String code, String reason) {
        ObjectNode frame = Json.object().put("type", MessageType.ERROR);
        frame.putObject("error").put("code", code).put("message", reason);
        send(frame);
    }

    private void send(ObjectNode frame) {
        peer.send(TextFrames.lines(List.of(Json.encode(frame))));
    }

    @Override
    public void onBinary(int bytes) {
        refuse("binary frames are not understood");
    }

    @Override
    public void onClosed() {
        if (session != null) {
            session.tools().removeAll(tools);
            session.unsubscribe(subscriber);
        }
    }
}
