package dev.oriel.session;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The prompts that wait for their turn; on disk, so that they survive the process.
final class Prompts {
    private static final int MOST = 1_000;

    /// Every subscriber is shown all of them at every change.
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Journal journal;
    private final UUID session;
    private final List<QueuedPrompt> waiting;

    /// Those for which no agent could be started. They go on waiting on disk, but begin only when
    /// somebody asks for it.
    private final List<QueuedPrompt> unsent = new ArrayList<>();

    private String unsentWhy = "";

    /// After a stop that asked for it, and after a restart: what waits is not begun until somebody
    /// goes on.
    private boolean held;

    /// What subscribers were told last; large, and the same for all of them.
    private @Nullable Message told;

    private List<QueuedPrompt> toldOf = List.of();
    private boolean toldHeld;

    Prompts(Journal journal, UUID session) throws JournalException {
        this.journal = journal;
        this.session = session;
        this.waiting = new ArrayList<>(journal.queue(session));
        this.held = !waiting.isEmpty();
    }

    /// No agent could be started: nothing of what waits begins by itself any more.
    ///
    /// @param why for a person
    /// @return uuids of those that waited
    List<UUID> failed(String why) {
        List<UUID> failed = uuids();
        unsent.addAll(waiting);
        waiting.clear();
        held = false;
        unsentWhy = why;
        return failed;
    }

    /// Lets those that could not be sent wait again, before all others.
    ///
    /// @return whether there were any
    boolean retry() {
        boolean any = !unsent.isEmpty();
        waiting.addAll(0, unsent);
        unsent.clear();
        return any;
    }

    List<Message> unsent() {
        return unsent.stream().map(QueuedPrompt::user).toList();
    }

    String unsentWhy() {
        return unsentWhy;
    }

    boolean isUnsent(UUID uuid) {
        return unsent.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    /// @return false if a prompt with that uuid was taken before
    boolean add(UUID uuid, Message user) throws JournalException {
        boolean fresh = journal.enqueue(session, uuid, user);
        if (fresh) {
            waiting.add(new QueuedPrompt(uuid, user));
        }
        return fresh;
    }

    /// Whether there is no room for one more; there always is for the only one.
    boolean isFull(Message more) {
        long bytes = more.bytes().length;
        int all = waiting.size() + unsent.size();
        for (QueuedPrompt each : waiting) {
            bytes += each.user().bytes().length;
        }
        for (QueuedPrompt each : unsent) {
            bytes += each.user().bytes().length;
        }
        return all >= MOST || (all > 0 && bytes > MOST_BYTES);
    }

    Optional<QueuedPrompt> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    /// Forgets the first one: the journal has moved it into the conversation.
    void begun() {
        waiting.removeFirst();
    }

    /// Leaves what waits alone until [#release()].
    void hold() {
        held = !waiting.isEmpty();
    }

    /// @return whether anything was held
    boolean release() {
        boolean was = isHeld();
        held = false;
        return was;
    }

    boolean isHeld() {
        return held && !waiting.isEmpty();
    }

    /// Whether one may begin now.
    boolean isReady() {
        return !held && !waiting.isEmpty();
    }

    boolean cancel(UUID uuid) throws JournalException {
        boolean cancelled = journal.cancel(session, uuid);
        if (cancelled) {
            waiting.removeIf(p -> p.uuid().equals(uuid));
            unsent.removeIf(p -> p.uuid().equals(uuid));
            held &= !waiting.isEmpty();
        }
        return cancelled;
    }

    boolean wasCancelled(UUID uuid) throws JournalException {
        return journal.wasCancelled(session, uuid);
    }

    boolean has(UUID uuid) {
        return isUnsent(uuid) || waiting.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    List<UUID> uuids() {
        return waiting.stream().map(QueuedPrompt::uuid).toList();
    }

    /// What waits, for subscribers: made once for all who are told.
    Message notice() {
        Message known = told;
        if (known == null || toldHeld != isHeld() || !toldOf.equals(waiting)) {
            toldOf = List.copyOf(waiting);
            toldHeld = isHeld();
            known = Notices.queue(waiting.stream().map(QueuedPrompt::user).toList(), toldHeld);
            told = known;
        }
        return known;
    }
}
