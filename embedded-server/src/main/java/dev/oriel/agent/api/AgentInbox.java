package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes prompts, replies and interrupts from other threads to the agent's thread. Thread-safe.
final class AgentInbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Prompt> prompts = new ArrayDeque<>(); // guarded by lock
    private final Map<String, ObjectNode> replies = new HashMap<>(); // guarded by lock
    private @Nullable CancelScope turn; // guarded by lock
    private boolean stopsNext; // guarded by lock
    private boolean closing; // guarded by lock

    /// Whether the model should be told something that came without a prompt.
    private boolean hasNews; // guarded by lock

    /// @param isMidTurn whether it was sent for the running turn
    private record Prompt(Message user, boolean isMidTurn) {}

    /// What an interrupt leaves behind, as uuids of prompts.
    ///
    /// @param waiting the prompts that are still waiting
    /// @param dropped the prompts that were dropped
    record Receipt(List<String> waiting, List<String> dropped) {
        Receipt {
            waiting = List.copyOf(waiting);
            dropped = List.copyOf(dropped);
        }
    }

    /// A turn that begins.
    ///
    /// @param prompt null for a turn that tells the model what has happened meanwhile
    record Begin(@Nullable Message prompt, CancelScope cancel) {}

    void add(Message user, boolean isMidTurn) {
        lock.lock();
        try {
            prompts.add(new Prompt(user, isMidTurn && !isForLater(user)));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Starts a turn without a prompt, after those of the prompts.
    void addNews() {
        lock.lock();
        try {
            hasNews = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The model is being told.
    void clearNews() {
        lock.lock();
        try {
            hasNews = false;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isForLater(Message user) {
        return user.tree().path("priority").asText().equals("later");
    }

    /// Removes a waiting prompt.
    ///
    /// @return whether a prompt with this uuid was waiting
    boolean cancel(String uuid) {
        lock.lock();
        try {
            return prompts.removeIf(p -> uuid.equals(p.user.uuid()));
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next turn.
    ///
    /// @return null if the agent is closed
    @Nullable Begin next() throws InterruptedException {
        lock.lock();
        try {
            while (!closing && prompts.isEmpty() && !hasNews) {
                changed.await();
            }
            if (closing) {
                return null;
            }
            CancelScope scope = new CancelScope();
            turn = scope;
            if (stopsNext) {
                stopsNext = false;
                scope.cancel();
            }
            Prompt next = prompts.poll();
            return new Begin(next == null ? null : next.user, scope);
        } finally {
            lock.unlock();
        }
    }

    /// Takes the prompts that were sent for the running turn.
    List<Message> takeMidTurn() {
        lock.lock();
        try {
            List<Message> taken = new ArrayList<>();
            prompts.removeIf(p -> p.isMidTurn && taken.add(p.user));
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the turn. Called before its last message is emitted, so that a later interrupt does not
    /// stop the next one. After an interrupt the agent rests until it gets a prompt: what happened
    /// before is told with that.
    ///
    /// @return whether another turn follows
    boolean endTurn() {
        lock.lock();
        try {
            hasNews &= turn != null && !turn.isCancelled();
            turn = null;
            replies.clear();
            return !prompts.isEmpty() || hasNews;
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        lock.lock();
        try {
            return turn != null;
        } finally {
            lock.unlock();
        }
    }

    /// Interrupts the running turn, or the next one if its prompt is waiting.
    ///
    /// @param dropsWaiting whether to drop the prompts that are waiting
    Receipt interrupt(boolean dropsWaiting) {
        CancelScope scope;
        List<String> uuids = new ArrayList<>();
        lock.lock();
        try {
            scope = turn;
            for (Prompt prompt : prompts) {
                String uuid = prompt.user.uuid();
                if (uuid != null) {
                    uuids.add(uuid);
                }
            }
            if (dropsWaiting) {
                prompts.clear();
            }
            stopsNext = scope == null && !prompts.isEmpty();
        } finally {
            lock.unlock();
        }
        if (scope != null) {
            scope.cancel();
        }
        return dropsWaiting ? new Receipt(List.of(), uuids) : new Receipt(uuids, List.of());
    }

    void addReply(String requestId, ObjectNode response) {
        lock.lock();
        try {
            replies.put(requestId, response);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the reply to an ask.
    ///
    /// @throws CancellationException if the scope is cancelled
    ObjectNode awaitReply(String requestId, CancelScope cancel) throws InterruptedException {
        try (CancelScope.Registration _ = cancel.onCancel(this::wake)) {
            lock.lock();
            try {
                while (true) {
                    cancel.check();
                    ObjectNode reply = replies.remove(requestId);
                    if (reply != null) {
                        return reply;
                    }
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        CancelScope scope;
        lock.lock();
        try {
            closing = true;
            scope = turn;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (scope != null) {
            scope.cancel();
        }
    }
}
