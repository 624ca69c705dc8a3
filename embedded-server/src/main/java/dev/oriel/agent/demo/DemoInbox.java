package dev.oriel.agent.demo;

import dev.oriel.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes prompts, replies and interrupts from other threads to the demo's thread. Thread-safe.
final class DemoInbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Message> prompts = new ArrayDeque<>(); // guarded by lock
    private final Deque<Message> asides = new ArrayDeque<>(); // guarded by lock
    private final Map<String, Message> replies = new HashMap<>(); // guarded by lock
    private boolean running; // guarded by lock
    private boolean stopping; // guarded by lock
    private boolean closing; // guarded by lock

    void addPrompt(Message user) {
        change(() -> prompts.add(user));
    }

    /// Removes a waiting prompt.
    ///
    /// @return whether a prompt with this uuid was waiting
    boolean cancel(String uuid) {
        lock.lock();
        try {
            return prompts.removeIf(p -> uuid.equals(p.uuid()));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a message that the demo emits between two tokens or turns.
    void addAside(Message message) {
        change(() -> asides.add(message));
    }

    void addReply(String requestId, Message response) {
        change(() -> replies.put(requestId, response));
    }

    /// Stops the running turn, or the next one if a prompt is waiting.
    void stop() {
        change(() -> stopping = running || !prompts.isEmpty());
    }

    void close() {
        change(() -> closing = true);
    }

    boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next message between turns: an aside to emit, or a prompt that begins a turn.
    ///
    /// @return null if the agent is closed
    @Nullable Message next() throws InterruptedException {
        lock.lock();
        try {
            while (!closing && prompts.isEmpty() && asides.isEmpty()) {
                changed.await();
            }
            if (closing) {
                return null;
            }
            Message aside = asides.poll();
            if (aside != null) {
                return aside;
            }
            running = true;
            return prompts.remove();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the turn. Called before its last message is emitted, so that a later interrupt of this
    /// turn does not stop the next one.
    void endTurn() {
        change(() -> {
            running = false;
            stopping = false;
        });
    }

    @Nullable Message pollAside() {
        lock.lock();
        try {
            return asides.poll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits during a turn.
    ///
    /// @throws StoppedException as soon as the turn is interrupted or the agent is closed
    void pause(Duration duration) throws StoppedException, InterruptedException {
        lock.lock();
        try {
            long left = duration.toNanos();
            check();
            while (left > 0) {
                left = changed.awaitNanos(left);
                check();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the reply to an ask.
    Message awaitReply(String requestId) throws StoppedException, InterruptedException {
        lock.lock();
        try {
            while (true) {
                check();
                Message reply = replies.remove(requestId);
                if (reply != null) {
                    return reply;
                }
                changed.await(1, TimeUnit.HOURS);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for asynchronous work. An interrupt of the turn cancels the work.
    <T> T await(CompletableFuture<T> work) throws StoppedException, InterruptedException {
        work.whenComplete((_, _) -> change(() -> {}));
        lock.lock();
        try {
            while (!work.isDone()) {
                check();
                changed.await();
            }
            return work.join();
        } catch (StoppedException e) {
            work.cancel(false);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void check() throws StoppedException {
        if (stopping || closing) {
            stopping = false;
            throw new StoppedException();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the turn after an interrupt.
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }
}
