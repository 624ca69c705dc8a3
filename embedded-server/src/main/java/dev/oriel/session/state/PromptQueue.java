package dev.oriel.session.state;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Message;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.turn.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The prompts that wait for their turn; on disk, so that they survive the process.
public final class PromptQueue {
    private static final int MOST = 1_000;

    /// Every subscriber is shown all of them at every change.
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Journal journal;
    private final UUID session;
    private final SessionMemoryBudget budget;
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

    public PromptQueue(SessionContext around, UUID session) throws JournalException {
        this(around.journal(), session, around.policy().mayBypass(), around.kept());
    }

    /// @param mayBypass whether the operator allows `bypassPermissions`, also to those from before
    PromptQueue(Journal journal, UUID session, boolean mayBypass, SessionMemoryBudget budget)
            throws JournalException {
        this.journal = journal;
        this.session = session;
        this.budget = budget;
        this.waiting = new ArrayList<>();
        for (QueuedPrompt kept : journal.queuedPrompts(session)) {
            count(waiting, WaitingPrompt.of(kept, mayBypass));
        }
        this.held = !waiting.isEmpty();
    }

    /// No agent could be started: nothing of what waits begins by itself any more.
    ///
    /// @param why for a person
    /// @return uuids of those that waited
    public List<UUID> failed(String why) {
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
    public boolean retry() {
        boolean any = !unsent.isEmpty();
        waiting.addAll(0, unsent);
        unsent.clear();
        return any;
    }

    public List<Message> unsent() {
        return unsent.stream().map(WaitingPrompt::user).toList();
    }

    public String unsentWhy() {
        return unsentWhy;
    }

    public boolean isUnsent(UUID uuid) {
        return unsent.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    /// @return false if a prompt with that uuid was taken before
    public boolean add(WaitingPrompt prompt) throws JournalException {
        boolean fresh = journal.enqueue(session, prompt.uuid(), prompt.user(), prompt.kept());
        if (fresh) {
            count(waiting, prompt);
        }
        return fresh;
    }

    private void count(List<WaitingPrompt> to, WaitingPrompt prompt) {
        to.add(prompt);
        bytes += prompt.bytes();
        budget.add(prompt.bytes());
    }

    private void uncount(long fewer) {
        bytes -= fewer;
        budget.release(fewer);
    }

    /// Whether there is no room for one more. In the session there always is for the only one.
    public boolean isFull(WaitingPrompt more) {
        int all = waiting.size() + unsent.size();
        return all >= MOST
                || (all > 0 && bytes + more.bytes() > MOST_BYTES)
                || !budget.hasRoomFor(more.bytes());
    }

    /// Lets go of all of them: the session is gone.
    public void forget() {
        waiting.clear();
        unsent.clear();
        uncount(bytes);
    }

    public Optional<WaitingPrompt> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    /// Forgets the first one: the journal has moved it into the conversation.
    public void begun() {
        uncount(waiting.removeFirst().bytes());
    }

    /// Leaves what waits alone until [#release()].
    public void hold() {
        held = !waiting.isEmpty();
    }

    /// @return whether anything was held
    public boolean release() {
        boolean was = isHeld();
        held = false;
        return was;
    }

    public boolean isHeld() {
        return held && !waiting.isEmpty();
    }

    /// Whether one may begin now.
    public boolean isReady() {
        return !held && !waiting.isEmpty();
    }

    public boolean cancel(UUID uuid) throws JournalException {
        boolean cancelled = journal.cancelPrompt(session, uuid);
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

    public boolean wasCancelled(UUID uuid) throws JournalException {
        return journal.isPromptCancelled(session, uuid);
    }

    public boolean has(UUID uuid) {
        return isUnsent(uuid) || waiting.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public List<UUID> uuids() {
        return waiting.stream().map(WaitingPrompt::uuid).toList();
    }

    /// What waits, for subscribers: made once for all who are told.
    public Message notice() {
        Message known = told;
        if (known == null || toldHeld != isHeld() || !toldOf.equals(waiting)) {
            toldOf = List.copyOf(waiting);
            toldHeld = isHeld();
            known =
                    EventMessages.queue(
                            waiting.stream().map(WaitingPrompt::user).toList(), toldHeld);
            told = known;
        }
        return known;
    }
}
