package dev.oriel.dialect;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Turn;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.ThinkingSettings;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import dev.oriel.testing.server.StoredSession;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events of a session, for tests of classes that convert them to frames.
public final class SessionEventFixtures {
    /// A successful result without text.
    public static final SessionEvent RESULT =
            message("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false}");

    /// An answer of the agent with the text `x`.
    public static final SessionEvent TEXT =
            message(
                    "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}");

    private SessionEventFixtures() {}

    public static SessionEvent message(String json) {
        try {
            return new MessageEvent(Message.parse(json));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public static SessionEvent prompt(UUID uuid) {
        return new MessageEvent(UserMessages.prompt(uuid, "go"));
    }

    /// @param cost of the session, US dollars
    public static SessionEvent running(double cost) {
        return session(new SessionState.Running(new Turn(null, Instant.EPOCH)), cost, null, 1);
    }

    /// @param cost of the session, US dollars
    public static SessionEvent idle(double cost) {
        return session(new SessionState.Idle(), cost, null, 2);
    }

    public static SessionEvent ended() {
        return session(new SessionState.Ended(), 1, null, 4);
    }

    /// The session failed with this error.
    ///
    /// @param time of the change; another time is another change
    public static SessionEvent failed(String error, long time) {
        return session(new SessionState.Failed(error), 1, error, time);
    }

    public static SessionEvent exited(
            ExitCause cause, @Nullable Integer code, String... stderrTail) {
        return new AgentExited(cause, code, "It is over.", List.of(stderrTail));
    }

    private static SessionEvent session(
            SessionState state, double cost, @Nullable String error, long time) {
        SessionRecord record =
                StoredSession.of(UUID.randomUUID())
                        .costUsd(cost)
                        .error(error)
                        .times(Instant.EPOCH, Instant.ofEpochSecond(time))
                        .record();
        return new SessionChanged(
                new SessionView(record, state, null, ThinkingSettings.DEFAULT, 0),
                UUID.randomUUID(),
                Set.of());
    }
}
