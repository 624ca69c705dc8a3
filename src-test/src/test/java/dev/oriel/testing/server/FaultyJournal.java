package dev.oriel.testing.server;

import dev.oriel.journal.Journal;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.await.Patience;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real journal whose reads and writes of messages fail on demand, and which notifies the test of
/// deletions.
public final class FaultyJournal implements Journal {
    private final Journal real;
    private final AtomicInteger failedReads = new AtomicInteger();
    private volatile boolean failing;
    private volatile boolean failingWrites;
    private volatile boolean failingQueue;
    private volatile boolean failingSaves;
    private volatile boolean failingDeltas;
    private volatile Runnable deleted = () -> {};
    private volatile Runnable pageRead = () -> {};

    public FaultyJournal(Journal real) {
        this.real = real;
    }

    public void failReads(boolean fail) {
        failing = fail;
    }

    /// Makes appending messages and starting prompts fail or succeed.
    public void failWrites(boolean fail) {
        failingWrites = fail;
    }

    /// Makes changes of the queue of prompts fail or succeed.
    public void failQueue(boolean fail) {
        failingQueue = fail;
    }

    /// Makes saving a session's record fail or succeed.
    public void failSaves(boolean fail) {
        failingSaves = fail;
    }

    /// Makes saving deltas fail or succeed.
    public void failDeltas(boolean fail) {
        failingDeltas = fail;
    }

    /// @param first run before each page of messages is read backwards, by the thread that reads it
    public void whenPageIsRead(Runnable first) {
        pageRead = first;
    }

    /// @param then run after each deletion, before the caller continues
    public void whenDeleted(Runnable then) {
        deleted = then;
    }

    public void awaitFailedReads(int count) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> failedReads.get() >= count);
    }

    /// Creates a session with messages "line 1", "line 2", ….
    public void keep(UUID session, int lines) throws JournalException {
        real.save(StoredSession.of(session).cwd("/").agent("cli").recency(1).record());
        for (int i = 1; i <= lines; i++) {
            Message line =
                    Message.of(Json.object().put("type", "assistant").put("text", "line " + i));
            real.append(session, i, List.of(line));
        }
    }

    private void failIfWritesFail() throws JournalException {
        failIf(failingWrites);
    }

    private static void failIf(boolean failing) throws JournalException {
        if (failing) {
            throw new JournalException(JournalException.Kind.IO, "The disk is full.", null);
        }
    }

    private void failIfRequested() throws JournalException {
        if (failing) {
            failedReads.incrementAndGet();
            throw new JournalException(
                    JournalException.Kind.IO, "The disk reports an error.", null);
        }
    }

    @Override
    public UUID identity() {
        return real.identity();
    }

    @Override
    public List<SessionRecord> sessions() throws JournalException {
        return real.sessions();
    }

    @Override
    public Optional<SessionRecord> findSession(UUID id) throws JournalException {
        return real.findSession(id);
    }

    @Override
    public void save(SessionRecord session) throws JournalException {
        failIf(failingSaves);
        real.save(session);
    }

    @Override
    public void delete(UUID session) throws JournalException {
        real.delete(session);
        deleted.run();
    }

    @Override
    public void append(UUID session, long firstSeq, List<Message> messages)
            throws JournalException {
        failIfWritesFail();
        real.append(session, firstSeq, messages);
    }

    @Override
    public List<Entry> messagesAfter(UUID session, long after, int limit) throws JournalException {
        failIfRequested();
        return real.messagesAfter(session, after, limit);
    }

    @Override
    public List<Entry> messagesBefore(UUID session, long before, int limit)
            throws JournalException {
        failIfRequested();
        pageRead.run();
        return real.messagesBefore(session, before, limit);
    }

    @Override
    public void saveDeltas(UUID session, boolean anew, List<Message> events)
            throws JournalException {
        failIf(failingDeltas);
        real.saveDeltas(session, anew, events);
    }

    @Override
    public SavedDeltas savedDeltas(UUID session) throws JournalException {
        return real.savedDeltas(session);
    }

    @Override
    public boolean enqueue(UUID session, UUID prompt, Message user, @Nullable String setting)
            throws JournalException {
        failIf(failingQueue);
        return real.enqueue(session, prompt, user, setting);
    }

    @Override
    public List<QueuedPrompt> queuedPrompts(UUID session) throws JournalException {
        return real.queuedPrompts(session);
    }

    @Override
    public void startPrompt(UUID session, UUID prompt, long seq, Message user)
            throws JournalException {
        failIfWritesFail();
        real.startPrompt(session, prompt, seq, user);
    }

    @Override
    public List<PastPrompt> pastPrompts(@Nullable String cwd, long before, int limit)
            throws JournalException {
        return real.pastPrompts(cwd, before, limit);
    }

    @Override
    public void reorderPrompts(UUID session, List<UUID> order) throws JournalException {
        failIf(failingQueue);
        real.reorderPrompts(session, order);
    }

    @Override
    public boolean cancelPrompt(UUID session, UUID prompt) throws JournalException {
        failIf(failingQueue);
        return real.cancelPrompt(session, prompt);
    }

    @Override
    public boolean isPromptCancelled(UUID session, UUID prompt) throws JournalException {
        return real.isPromptCancelled(session, prompt);
    }

    @Override
    public List<SearchHit> search(String query, @Nullable UUID session, int limit)
            throws JournalException {
        return real.search(query, session, limit);
    }

    @Override
    public double costSince(Instant from) throws JournalException {
        return real.costSince(from);
    }

    @Override
    public void close() {
        real.close();
    }
}
