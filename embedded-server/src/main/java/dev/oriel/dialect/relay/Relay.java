package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.WorkFolder;
import dev.oriel.journal.JournalException;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the connections of one relay share: the place for the one that is active, and the
/// conversation, which outlives it (wire.md 2.3).
///
/// A conversation begins with its first message, with the configuration of that moment. Every later
/// socket joins it, until one connects that finds another configuration posted, or the conversation
/// deleted: then the next message begins a new one.
///
/// Any thread; [#startConversation] writes to the disk.
final class Relay {
    private final Sessions sessions;
    private final WorkFolder folder;
    private final RelayConfigRoute config;
    private final AtomicReference<@Nullable RelayConnection> active = new AtomicReference<>();
    private @Nullable RelayConversation conversation; // guarded by this

    Relay(Sessions sessions, WorkFolder folder, RelayConfigRoute config) {
        this.sessions = sessions;
        this.folder = folder;
        this.config = config;
    }

    /// @return whether the place was free and is now the connection's
    boolean tryActivate(RelayConnection connection) {
        return active.compareAndSet(null, connection);
    }

    /// Gives the place back, if the connection has it.
    void release(RelayConnection connection) {
        active.compareAndSet(connection, null);
    }

    /// The conversation that a new socket joins.
    ///
    /// @return null if the next message begins one
    synchronized @Nullable RelayConversation currentConversation() {
        RelayConversation known = conversation;
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
    synchronized RelayConversation startConversation(Consumer<String> notice)
            throws BadRequestException, JournalException {
        JsonNode now = config.config();
        var wanted = new RelayConfig(now);
        SessionSpec wish = wanted.toNewSession(folder);
        SessionView made = sessions.create(wish);
        wanted.warnings().forEach(notice);
        var begun =
                new RelayConversation(
                        sessions.open(made.id())
                                .orElseThrow(() -> new BadRequestException("it is gone already")),
                        wish.promptSettings(sessions.defaultPermissionMode()),
                        now);
        conversation = begun;
        return begun;
    }
}
