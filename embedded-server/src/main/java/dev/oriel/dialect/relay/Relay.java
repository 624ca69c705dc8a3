package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.journal.JournalException;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The state that connections of one relay share: the active connection, and the conversation,
/// which outlives it (wire.md 2.3).
///
/// A conversation starts with its first message and the configuration of that moment. Later sockets
/// join it. If a socket connects after another configuration was posted or the conversation was
/// deleted, the next message starts a new one.
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

    /// @return whether there was no active connection, and this one is active now
    boolean tryActivate(RelayConnection connection) {
        return active.compareAndSet(null, connection);
    }

    /// Makes the relay available again if the connection is the active one.
    void release(RelayConnection connection) {
        active.compareAndSet(connection, null);
    }

    /// The conversation that a new socket joins.
    ///
    /// @return null if the next message starts one
    synchronized @Nullable RelayConversation currentConversation() {
        RelayConversation known = conversation;
        if (known != null
                && (!known.config().equals(config.config())
                        || sessions.find(known.session().id()).isEmpty())) {
            conversation = null;
        }
        return conversation;
    }

    /// Starts a conversation.
    ///
    /// @param warnings receives sentences for the user about parts of the configuration that are
    ///   omitted
    /// @throws BadRequestException if the configuration is invalid
    synchronized RelayConversation startConversation(Consumer<String> warnings)
            throws BadRequestException, JournalException {
        JsonNode now = config.config();
        var parsed = new RelayConfig(now);
        SessionSpec spec = parsed.toNewSession(folder);
        SessionView created = sessions.create(spec);
        parsed.warnings().forEach(warnings);
        var started =
                new RelayConversation(
                        sessions.open(created.id())
                                .orElseThrow(() -> new BadRequestException("it is gone already")),
                        spec.promptSettings(sessions.defaultPermissionMode()),
                        now);
        conversation = started;
        return started;
    }
}
