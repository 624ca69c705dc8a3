package dev.oriel.dialect.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `/v1/code/sessions/{id}/events/stream` and `…/events`: a session over server-sent events and
/// posts, as an alternative to its socket (`PROTOCOL.md`).
final class EventStreamRoutes {
    private static final long KEEP_ALIVE_SECONDS = 15;

    private final Sessions sessions;
    private final ScheduledExecutorService timer;

    /// By session. A group begins with a stream or a post, because a client may post before its
    /// stream is open, and ends with its last stream.
    private final Map<UUID, EventStreamGroup> groups = new ConcurrentHashMap<>();

    EventStreamRoutes(Sessions sessions, ScheduledExecutorService timer) {
        this.sessions = sessions;
        this.timer = timer;
    }

    HttpReply stream(HttpCall call, String idText) throws BadRequestException, JournalException {
        Optional<Session> session = open(idText);
        if (session.isEmpty()) {
            return RestRoutes.notFound();
        }
        long after = after(call);
        return HttpReply.stream("text/event-stream", peer -> start(session.get(), after, peer));
    }

    /// Starts to write a session's events.
    ///
    /// @return stops it
    private Runnable start(Session session, long after, Peer peer) {
        peer.describe("session " + session.id());
        var stream = new EventStreamSubscriber(session.id(), peer);
        stream.sendKeepAlive();
        session.subscribe(stream, after);
        groups.compute(
                session.id(),
                (_, known) -> {
                    EventStreamGroup streams = groupFor(session, known);
                    streams.add(stream);
                    return streams;
                });
        Future<?> keepAlive =
                timer.scheduleWithFixedDelay(
                        stream::sendKeepAlive,
                        KEEP_ALIVE_SECONDS,
                        KEEP_ALIVE_SECONDS,
                        TimeUnit.SECONDS);
        return () -> {
            keepAlive.cancel(false);
            session.unsubscribe(stream);
            groups.computeIfPresent(
                    session.id(), (_, streams) -> streams.remove(stream) ? null : streams);
        };
    }

    /// A session that was closed and opened again needs another group.
    private static EventStreamGroup groupFor(Session session, @Nullable EventStreamGroup known) {
        return known != null && known.session() == session ? known : new EventStreamGroup(session);
    }

    /// @return seq to begin after; 0, the whole conversation, if the client does not say
    private static long after(HttpCall call) throws BadRequestException {
        String text = call.header("last-event-id");
        if (text == null) {
            text = call.query().getOrDefault("from_sequence_num", "0");
        }
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new BadRequestException("Last-Event-ID and from_sequence_num must be numbers");
        }
    }

    /// Handles messages of a client. If one is not valid, all are refused.
    HttpReply receive(HttpCall call, String idText)
            throws BadRequestException, MalformedMessageException, JournalException {
        Optional<Session> session = open(idText);
        if (session.isEmpty()) {
            return RestRoutes.notFound();
        }
        JsonNode events = Json.parseObject(call.body()).path("events");
        if (!events.isArray()) {
            throw new BadRequestException("events must be an array");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode event : events) {
            messages.add(parse(event.path("payload")));
        }
        EventStreamGroup from =
                groups.compute(session.get().id(), (_, k) -> groupFor(session.get(), k));
        messages.forEach(m -> send(session.get(), from, m));
        return HttpReply.json(200, Json.object());
    }

    /// @throws BadRequestException if clients may not send it
    private static Message parse(JsonNode payload)
            throws BadRequestException, MalformedMessageException {
        Message message = Message.parse(Json.encode(payload));
        return switch (message.type()) {
            case MessageType.USER -> UserMessages.check(Json.parseObject(message.bytes()));
            case MessageType.CONTROL_REQUEST,
                    MessageType.CONTROL_RESPONSE,
                    MessageType.CONTROL_CANCEL_REQUEST,
                    MessageType.KEEP_ALIVE ->
                    message;
            default -> throw new BadRequestException("this type is not for clients to send");
        };
    }

    private static void send(Session session, EventStreamGroup from, Message m) {
        switch (m.type()) {
            case MessageType.USER -> session.prompt(from, m);
            case MessageType.CONTROL_REQUEST -> session.request(from, m);
            case MessageType.CONTROL_RESPONSE -> session.reply(from, m);
            default -> {
                // A keep-alive, or the withdrawal of a request whose reply is awaited anyway.
            }
        }
    }

    private Optional<Session> open(String idText) throws JournalException {
        try {
            return sessions.open(UUID.fromString(idText));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
