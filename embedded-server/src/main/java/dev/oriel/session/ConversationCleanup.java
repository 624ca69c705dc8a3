package dev.oriel.session;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentProvider;
import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.session.branch.Lineage;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has agents delete what they keep for conversations that no session has any more. Thread-safe.
final class ConversationCleanup {
    private static final Logger LOG = LoggerFactory.getLogger(ConversationCleanup.class);

    private final Journal journal;
    private final List<AgentProvider> providers;

    ConversationCleanup(Journal journal, Collection<AgentProvider> providers) {
        this.journal = journal;
        this.providers = List.copyOf(providers);
    }

    /// Does it on another thread.
    void start() {
        Thread.ofVirtual().name("oriel-cleanup").start(this::run);
    }

    /// Blocks. What cannot be deleted now is deleted another time.
    void run() {
        for (AgentProvider provider : providers) {
            try {
                provider.deleteUnused(this::conversations);
            } catch (IOException | RuntimeException e) {
                LOG.warn("Files of deleted conversations stay: {}", e.toString());
            }
        }
    }

    private Set<UUID> conversations() throws JournalException {
        Set<UUID> found = new HashSet<>();
        for (SessionRecord session : journal.sessions()) {
            found.add(session.id()); // the first conversation has the session's id
            if (session.conversation() != null) {
                found.add(session.conversation());
            }
            Conversation next = Lineage.fromOptions(session.options()).next();
            if (next != null) {
                found.add(next.id());
            }
            if (next instanceof Conversation.Branched branch) {
                found.add(branch.from());
            }
        }
        return found;
    }
}
