package dev.oriel.session.state;

import dev.oriel.journal.Journal;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.session.event.SessionEvent.QueueChanged;
import dev.oriel.session.event.SessionEvent.UnsentPrompts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The prompts of a session that wait for their turn. They are stored in the journal, so they
/// survive the process. Confined to the lane.
public final class PromptQueue {
    private static final int MAX_PROMPTS = 1_000;

    /// Every subscriber gets all of them at every change.
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final Journal journal;
    private final UUID session;
    private final SessionMemoryBudget budget;
    private final List<WaitingPrompt> waiting = new ArrayList<>();

    /// Prompts for which no agent could be started. They stay in the journal's queue, but start
    /// only when a client asks for it.
    private final List<WaitingPrompt> unsent = new ArrayList<>();

    private String unsentReason = "";
    private long bytes;

    /// After an interrupt that asked for it and after a restart of the server: what waits does not
    /// start until a client continues. Without a waiting prompt it means nothing.
    private boolean held;

    /// The last event, as long as it describes the queue.
    private @Nullable QueueChanged published;

    /// @param mayBypass whether the operator allows `bypassPermissions`, also to stored prompts
    public PromptQueue(Journal journal, UUID session, boolean mayBypass, SessionMemoryBudget budget)
            throws JournalException {
        this.journal = journal;
        this.session = session;
        this.budget = budget;
        for (QueuedPrompt stored : journal.queuedPrompts(session)) {
            count(WaitingPrompt.from(stored, mayBypass));
        }
        this.held = !waiting.isEmpty();
    }

    /// Sets apart everything that waits: no agent could be started.
    ///
    /// @param reason one sentence for the user
    /// @return uuids of the prompts that waited
    public List<UUID> markUnsent(String reason) {
        List<UUID> failed = uuids();
        unsent.addAll(waiting);
        waiting.clear();
        held = false;
        published = null;
        unsentReason = reason;
        return failed;
    }

    /// Lets the unsent prompts wait again, before all others.
    ///
    /// @return whether there were any
    public boolean retryUnsent() {
        boolean any = !unsent.isEmpty();
        waiting.addAll(0, unsent);
        unsent.clear();
        published = null;
        return any;
    }

    public boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    public boolean isUnsent(UUID uuid) {
        return unsent.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    /// @return false if a prompt of that uuid was added before
    public boolean add(WaitingPrompt prompt) throws JournalException {
        boolean added =
                journal.enqueue(session, prompt.uuid(), prompt.user(), prompt.storedSettings());
        if (added) {
            count(prompt);
            published = null;
        }
        return added;
    }

    private void count(WaitingPrompt prompt) {
        waiting.add(prompt);
        bytes += prompt.bytes();
        budget.add(prompt.bytes());
    }

    private void release(long fewer) {
        bytes -= fewer;
        budget.release(fewer);
    }

    /// True if there is no room for one more. The only prompt of a session always has room in it.
    public boolean isFull(WaitingPrompt more) {
        int all = waiting.size() + unsent.size();
        return all >= MAX_PROMPTS
                || (all > 0 && bytes + more.bytes() > MAX_BYTES)
                || !budget.hasRoomFor(more.bytes());
    }

    /// Drops all prompts from memory: the session was deleted.
    public void releaseMemory() {
        waiting.clear();
        unsent.clear();
        published = null;
        release(bytes);
    }

    public Optional<WaitingPrompt> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst());
    }

    /// A prompt that waits; empty if it does not.
    public Optional<WaitingPrompt> find(UUID uuid) {
        return waiting.stream().filter(p -> p.uuid().equals(uuid)).findFirst();
    }

    /// Removes a prompt that the journal has moved into the conversation.
    public void removeStarted(UUID uuid) {
        remove(waiting, uuid);
        held &= !waiting.isEmpty();
        published = null;
    }

    /// Changes the order: these prompts come first, as far as they wait, then the others as before.
    ///
    /// @return whether the order is another one
    public boolean reorder(List<UUID> first) throws JournalException {
        List<WaitingPrompt> order = new ArrayList<>();
        for (UUID uuid : new LinkedHashSet<>(first)) {
            find(uuid).ifPresent(order::add);
        }
        waiting.stream().filter(p -> !order.contains(p)).forEach(order::add);
        if (order.equals(waiting)) {
            return false;
        }
        journal.reorderPrompts(session, order.stream().map(WaitingPrompt::uuid).toList());
        waiting.clear();
        waiting.addAll(order);
        published = null;
        return true;
    }

    /// Keeps what waits from starting until [#release()].
    public void hold() {
        held = !waiting.isEmpty();
        published = null;
    }

    /// @return whether anything was held
    public boolean release() {
        boolean was = isHeld();
        held = false;
        published = null;
        return was;
    }

    public boolean isHeld() {
        return held && !waiting.isEmpty();
    }

    /// True if a prompt may start now.
    public boolean isReady() {
        return !held && !waiting.isEmpty();
    }

    /// @return false if the prompt does not wait
    public boolean cancel(UUID uuid) throws JournalException {
        boolean cancelled = journal.cancelPrompt(session, uuid);
        if (cancelled) {
            remove(waiting, uuid);
            remove(unsent, uuid);
            held &= !waiting.isEmpty();
            published = null;
        }
        return cancelled;
    }

    private void remove(List<WaitingPrompt> from, UUID uuid) {
        from.removeIf(p -> {
            boolean found = p.uuid().equals(uuid);
            if (found) {
                release(p.bytes());
            }
            return found;
        });
    }

    public boolean wasCancelled(UUID uuid) throws JournalException {
        return journal.isPromptCancelled(session, uuid);
    }

    /// True if the prompt waits, or could not be sent.
    public boolean has(UUID uuid) {
        return isUnsent(uuid) || waiting.stream().anyMatch(p -> p.uuid().equals(uuid));
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public List<UUID> uuids() {
        return waiting.stream().map(WaitingPrompt::uuid).toList();
    }

    /// The queue as subscribers see it. The same event until the queue changes.
    public QueueChanged queueChanged() {
        QueueChanged known = published;
        if (known == null) {
            known = new QueueChanged(waiting.stream().map(WaitingPrompt::user).toList(), isHeld());
            published = known;
        }
        return known;
    }

    /// The unsent prompts as subscribers see them.
    public UnsentPrompts unsentPrompts() {
        return new UnsentPrompts(unsent.stream().map(WaitingPrompt::user).toList(), unsentReason);
    }
}
