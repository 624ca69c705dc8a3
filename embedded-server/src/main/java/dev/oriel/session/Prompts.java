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
    private final KeptBudget budget;
    private final List<WaitingPrompt> waiting;

    /// Those for which no agent could be started. They go on waiting on disk, but begin only when
    /// somebody asks for it.
    private final List<WaitingPrompt> unsent = new ArrayList<>();

    private String unsentWhy = "";
    private long bytes;

    /// After a stop that asked for it, and after a restart: what waits is not begun until somebody
    /// goes on.
    private boolean held;

    /// What subscribers were told last; large, and the same for all of them.
    private @Nullable Message told;

    private List<WaitingPrompt> toldOf = List.of();
    private boolean toldHeld;

    Prompts(Surroundings around, UUID session) throws JournalException {
        this(around.journal(), session, around.policy().mayBypass(), around.kept());
    }

    /// @param mayBypass whether the operator allows `bypassPermissions`, also to those from before
    Prompts(Journal journal, UUID session, boolean mayBypass, KeptBudget budget)
            throws JournalException {
        this.journal = journal;
        this.session = session;
        this.budget = budget;
        this.waiting = new ArrayList<>();
        for (QueuedPrompt kept : journal.queue(session)) {
            count(waiting, WaitingPrompt.of(kept, mayBypass));
        }
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
        return unsent.stream().map(WaitingPrompt::user).toList();
    }

    String unsentWhy() {
        return unsentWhy;
    }

    boolean isUnsent(UUID uuid) {
        return unsent.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    /// @return false if a prompt with that uuid was taken before
    boolean add(WaitingPrompt prompt) throws JournalException {
        boolean fresh = journal.enqueue(session, prompt.uuid(), prompt.user(), prompt.kept());
        if (fresh) {
            count(waiting, prompt);
        }
        return fresh;
    }

    private void count(List<WaitingPrompt> to, WaitingPrompt prompt) {
        to.add(prompt);
        bytes += prompt.bytes();
        budget.take(prompt.bytes());
    }

    private void uncount(long fewer) {
        bytes -= fewer;
        budget.give(fewer);
    }

    /// Whether there is no room for one more. In the session there always is for the only one.
    boolean isFull(WaitingPrompt more) {
        int all = waiting.size() + unsent.size();
        return all >= MOST
                || (all > 0 && bytes + more.bytes() > MOST_BYTES)
                || !budget.hasRoomFor(more.bytes());
    }

    /// Lets go of all of them: the session is gone.
    void forget() {
        waiting.clear();
        unsent.clear();
        uncount(bytes);
    }

    Optional<WaitingPrompt> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    /// Forgets the first one: the journal has moved it into the conversation.
    void begun() {
        uncount(waiting.removeFirst().bytes());
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
            remove(waiting, uuid);
            remove(unsent, uuid);
            held &= !waiting.isEmpty();
        }
        return cancelled;
    }

    private void remove(List<WaitingPrompt> from, UUID uuid) {
        from.removeIf(p -> {
            boolean it = p.uuid().equals(uuid);
            if (it) {
                uncount(p.bytes());
            }
            return it;
        });
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
        return waiting.stream().map(WaitingPrompt::uuid).toList();
    }

    /// What waits, for subscribers: made once for all who are told.
    Message notice() {
        Message known = told;
        if (known == null || toldHeld != isHeld() || !toldOf.equals(waiting)) {
            toldOf = List.copyOf(waiting);
            toldHeld = isHeld();
            known = Notices.queue(waiting.stream().map(WaitingPrompt::user).toList(), toldHeld);
            told = known;
        }
        return known;
    }
}
