package dev.oriel.testing.server;

import dev.oriel.journal.Journal;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A journal without a file, for tests whose subject is not the journal. It keeps the contract of
/// [Journal] except that nothing outlives it, and finds nothing. Any thread.
public final class MemoryJournal implements Journal {
    private final UUID identity = UUID.randomUUID();
    private final Map<UUID, Rows> sessions = new LinkedHashMap<>(); // guarded by this

    /// What is kept of one session.
    private static final class Rows {
        private SessionRecord record;
        private final List<Message> messages = new ArrayList<>();
        private final Map<UUID, QueuedPrompt> queue = new LinkedHashMap<>();
        private final Set<UUID> prompts = new HashSet<>();
        private final Set<UUID> cancelled = new HashSet<>();
        private final List<Message> deltas = new ArrayList<>();
        private long deltasAfter;

        Rows(SessionRecord record) {
            this.record = record;
        }

        void append(long seq, Message message) {
            if (seq != messages.size() + 1) {
                throw new IllegalStateException("seq " + seq + " after " + messages.size());
            }
            messages.add(message);
        }
    }

    private Rows rows(UUID session) {
        Rows rows = sessions.get(session);
        if (rows == null) {
            throw new IllegalStateException("no session " + session);
        }
        return rows;
    }

    @Override
    public UUID identity() {
        return identity;
    }

    @Override
    public synchronized List<SessionRecord> sessions() {
        return sessions.values().stream()
                .map(r -> withLastSeq(r).withoutOptions())
                .sorted(Comparator.comparingLong(SessionRecord::recency).reversed())
                .toList();
    }

    @Override
    public synchronized Optional<SessionRecord> findSession(UUID id) {
        return Optional.ofNullable(sessions.get(id)).map(MemoryJournal::withLastSeq);
    }

    private static SessionRecord withLastSeq(Rows rows) {
        return rows.record.withLastSeq(rows.messages.size());
    }

    @Override
    public synchronized void save(SessionRecord session) {
        sessions.computeIfAbsent(session.id(), _ -> new Rows(session)).record = session;
    }

    @Override
    public synchronized void delete(UUID session) {
        sessions.remove(session);
    }

    @Override
    public synchronized void append(UUID session, long firstSeq, List<Message> messages) {
        long seq = firstSeq;
        for (Message message : messages) {
            rows(session).append(seq, message);
            seq++;
        }
    }

    @Override
    public synchronized List<Entry> messagesAfter(UUID session, long after, int limit) {
        List<Entry> page = new ArrayList<>();
        Rows rows = sessions.get(session);
        for (long seq = after + 1; rows != null && seq <= rows.messages.size(); seq++) {
            if (page.size() < limit) {
                page.add(new Entry(seq, rows.messages.get((int) seq - 1)));
            }
        }
        return page;
    }

    @Override
    public synchronized List<Entry> messagesBefore(UUID session, long before, int limit) {
        Rows rows = sessions.get(session);
        long end = rows == null ? 0 : Math.min(before - 1, rows.messages.size());
        return messagesAfter(session, Math.max(0, end - limit), limit).stream()
                .filter(e -> e.seq() <= end)
                .toList();
    }

    @Override
    public synchronized void saveDeltas(UUID session, boolean replace, List<Message> events) {
        Rows rows = rows(session);
        if (replace) {
            rows.deltas.clear();
            rows.deltasAfter = 0;
        }
        if (!events.isEmpty()) {
            rows.deltas.addAll(events);
            rows.deltasAfter = rows.messages.size();
        }
    }

    @Override
    public synchronized SavedDeltas savedDeltas(UUID session) {
        Rows rows = rows(session);
        return new SavedDeltas(rows.deltasAfter, rows.deltas);
    }

    @Override
    public synchronized boolean enqueue(
            UUID session, UUID prompt, Message user, @Nullable String setting) {
        boolean added = rows(session).prompts.add(prompt);
        if (added) {
            rows(session).queue.put(prompt, new QueuedPrompt(prompt, user, setting));
        }
        return added;
    }

    @Override
    public synchronized List<QueuedPrompt> queuedPrompts(UUID session) {
        return List.copyOf(rows(session).queue.values());
    }

    @Override
    public synchronized void startPrompt(UUID session, UUID prompt, long seq, Message user) {
        rows(session).append(seq, user);
        rows(session).queue.remove(prompt);
    }

    /// Remembers none.
    @Override
    public synchronized List<PastPrompt> pastPrompts(@Nullable String cwd, long before, int limit) {
        return List.of();
    }

    @Override
    public synchronized void reorderPrompts(UUID session, List<UUID> order) {
        Map<UUID, QueuedPrompt> queue = rows(session).queue;
        Map<UUID, QueuedPrompt> before = new LinkedHashMap<>(queue);
        queue.clear();
        order.forEach(u -> queue.computeIfAbsent(u, before::get));
        before.forEach(queue::putIfAbsent);
    }

    @Override
    public synchronized boolean cancelPrompt(UUID session, UUID prompt) {
        boolean queued = rows(session).queue.remove(prompt) != null;
        if (queued) {
            rows(session).cancelled.add(prompt);
        }
        return queued;
    }

    @Override
    public synchronized boolean isPromptCancelled(UUID session, UUID prompt) {
        return rows(session).cancelled.contains(prompt);
    }

    @Override
    public List<SearchHit> search(String query, @Nullable UUID session, int limit) {
        return List.of();
    }

    @Override
    public synchronized double costSince(Instant from) {
        return sessions.values().stream()
                .filter(r -> !r.record.updatedAt().isBefore(from))
                .mapToDouble(r -> r.record.costUsd())
                .sum();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
