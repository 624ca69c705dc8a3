package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.WorkFolder;
import dev.oriel.journal.JournalException;
import dev.oriel.session.BadRequestException;
import dev.oriel.session.NewSession;
import dev.oriel.session.SessionView;
import dev.oriel.session.Sessions;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the connections of one relay share: the place for the one that is active, and the
/// conversation, which outlives it (section 2.3 of the protocol notes).
///
/// A conversation begins with its first message, with the configuration of that moment. Every later
/// socket joins it, until one connects that finds another configuration posted, or the conversation
/// deleted: then the next message begins a new one.
///
/// Any thread; [#begin] writes to the disk.
final class Relay {
    private final Sessions sessions;
    private final WorkFolder folder;
    private final ConfigRoute config;
    private final AtomicReference<@Nullable RelayConnection> active = new AtomicReference<>();
    private @Nullable Conversation conversation; // guarded by this

    Relay(Sessions sessions, WorkFolder folder, ConfigRoute config) {
        this.sessions = sessions;
        this.folder = folder;
        this.config = config;
    }

    /// @return whether the place was free and is now the connection's
    boolean enter(RelayConnection connection) {
        return active.compareAndSet(null, connection);
    }

    /// Gives the place back, if the connection has it.
    void leave(RelayConnection connection) {
        active.compareAndSet(connection, null);
    }

    /// The conversation that a new socket joins.
    ///
    /// @return null if the next message begins one
    synchronized @Nullable Conversation current() {
        Conversation known = conversation;
        if (known != null
                && (!known.config().equals(config.config())
                        || sessions.find(known.session().id()).isEmpty())) {
            conversation = null;
        }
        return conversation;
    }

    /// Begins one.
    ///
    /// @param notice gets what of the configuration was left out, in sentences for a person
    /// @throws BadRequestException if the configuration cannot be
    synchronized Conversation begin(Consumer<String> notice)
            throws BadRequestException, JournalException {
        JsonNode now = config.config();
        var wanted = new QueryConfig(now);
        NewSession wish = wanted.session(folder);
        SessionView made = sessions.create(wish);
        wanted.leftOut().forEach(notice);
        var begun =
                new Conversation(
                        sessions.open(made.id())
                                .orElseThrow(() -> new BadRequestException("it is gone already")),
                        wish.setting(sessions.standardMode()),
                        now);
        conversation = begun;
        return begun;
    }
}
