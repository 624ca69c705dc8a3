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

/// Where the demo's own thread meets those who prompt, answer and stop it. Any thread may call it.
final class DemoInbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Message> prompts = new ArrayDeque<>();
    private final Deque<Message> asides = new ArrayDeque<>();
    private final Map<String, Message> answers = new HashMap<>();
    private boolean running;
    private boolean stopping;
    private boolean closing;

    void addPrompt(Message user) {
        change(() -> prompts.add(user));
    }

    /// @return whether a prompt of that uuid waited, and now does not any more
    boolean cancel(String uuid) {
        lock.lock();
        try {
            return prompts.removeIf(p -> uuid.equals(p.uuid()));
        } finally {
            lock.unlock();
        }
    }

    /// Something to be said as soon as the demo draws breath.
    void addAside(Message message) {
        change(() -> asides.add(message));
    }

    void addReply(String requestId, Message response) {
        change(() -> answers.put(requestId, response));
    }

    /// Stops the turn that runs, or the one that is about to.
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

    /// The next thing to do without a turn: say an aside, or begin a prompt.
    ///
    /// @return null when it is time to go
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

    /// To be called before the last message of a turn: whoever stops it from here on is too late,
    /// and the next turn is not meant.
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

    /// Lets time pass in a turn.
    ///
    /// @throws StoppedException at once when somebody stops the turn or closes the agent
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

    /// Waits for a person.
    Message awaitReply(String requestId) throws StoppedException, InterruptedException {
        lock.lock();
        try {
            while (true) {
                check();
                Message answer = answers.remove(requestId);
                if (answer != null) {
                    return answer;
                }
                changed.await(1, TimeUnit.HOURS);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what is done elsewhere; whoever stops the turn cancels that.
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

    /// The turn is to end now.
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }
}
