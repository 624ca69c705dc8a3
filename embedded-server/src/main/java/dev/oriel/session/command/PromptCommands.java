package dev.oriel.session.command;

import dev.oriel.journal.JournalException;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.session.turn.TurnRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What clients do with prompts: queue, cancel, interrupt and retry them. Confined to the lane.
public final class PromptCommands {
    private static final Logger LOG = LoggerFactory.getLogger(PromptCommands.class);

    private final SessionModel model;
    private final PromptQueue queue;
    private final SessionOutput output;
    private final TurnRunner turns;

    public PromptCommands(SessionModel model, SessionOutput output, TurnRunner turns) {
        this.model = model;
        this.queue = model.prompts();
        this.output = output;
        this.turns = turns;
    }

    /// Queues a prompt. If one of that uuid is known, the client gets its progress instead.
    ///
    /// @param settings what a guest's prompt runs with; null for the session's own
    public void enqueue(Subscriber from, Message user, @Nullable PromptSettings settings) {
        UUID uuid = uuid(user);
        WaitingPrompt prompt = WaitingPrompt.of(uuid, user, settings);
        try {
            if (queue.isFull(prompt) && !queue.has(uuid)) {
                from.send(tooMany());
            } else if (queue.add(prompt)) {
                output.publish(new PromptChanged(uuid, Progress.QUEUED));
                // A client that sends a prompt also starts what was held.
                if (queue.release() || model.details().state().currentTurn().isPresent()) {
                    output.publishQueue();
                }
                output.flush();
                turns.startNext();
            } else {
                from.send(progress(uuid));
            }
        } catch (JournalException e) {
            from.send(unavailable(e));
        }
    }

    /// The reply to a prompt for which there is no room.
    public static RequestRejected tooMany() {
        return new RequestRejected(
                ErrorCode.TOO_MANY, "Too many prompts wait already; this one is not taken.");
    }

    private static RequestRejected unavailable(JournalException e) {
        return new RequestRejected(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    private static UUID uuid(Message user) {
        return UUID.fromString(Objects.requireNonNull(user.uuid()));
    }

    private PromptChanged progress(UUID prompt) throws JournalException {
        Progress progress;
        if (queue.isUnsent(prompt)) {
            progress = Progress.FAILED;
        } else if (queue.has(prompt)) {
            progress = Progress.QUEUED;
        } else if (isRunning(prompt)) {
            progress = Progress.STARTED;
        } else {
            progress = queue.wasCancelled(prompt) ? Progress.CANCELLED : Progress.COMPLETED;
        }
        return new PromptChanged(prompt, progress);
    }

    private boolean isRunning(UUID prompt) {
        return model.details()
                .state()
                .currentTurn()
                .filter(turn -> prompt.equals(turn.prompt()))
                .isPresent();
    }

    /// Hands a user message to the running turn; if none runs, the client gets `cancelled`.
    public void sendMidTurn(Subscriber from, Message user) {
        if (!turns.sendMidTurn(user)) {
            from.send(new PromptChanged(uuid(user), Progress.CANCELLED));
        }
    }

    /// Cancels a waiting prompt, or interrupts the one that is being answered. Of any other one the
    /// client gets the progress.
    public void interrupt(Subscriber from, UUID prompt) {
        try {
            if (queue.has(prompt) && cancel(prompt)) {
                from.send(new PromptChanged(prompt, Progress.CANCELLED));
            } else if (turns.isAnswering(prompt)) {
                turns.interrupt();
            } else {
                from.send(progress(prompt));
            }
        } catch (JournalException e) {
            from.send(unavailable(e));
        }
        output.flush();
    }

    /// Cancels a waiting prompt, or ends the agent that is answering it.
    public void abandon(UUID prompt) {
        try {
            if (!(queue.has(prompt) && cancel(prompt)) && turns.isAnswering(prompt)) {
                turns.abandon();
            }
        } catch (JournalException e) {
            logKept(e);
        }
        output.flush();
    }

    private void logKept(JournalException e) {
        LOG.warn("Session {} keeps a prompt: {}", model.details().id(), e.getMessage());
    }

    /// Cancels one prompt that waits, or that could not be sent.
    ///
    /// @return false if it does not wait
    boolean cancel(UUID prompt) throws JournalException {
        boolean unsent = queue.isUnsent(prompt);
        if (!queue.cancel(prompt)) {
            return false;
        }
        output.publish(new PromptChanged(prompt, Progress.CANCELLED));
        output.publishQueue();
        if (unsent) {
            output.publish(queue.unsentPrompts());
        }
        return true;
    }

    /// Cancels all prompts in the queue.
    ///
    /// @param from gets the failures; null if they are only logged
    /// @return the cancelled ones
    List<UUID> cancelAll(@Nullable Subscriber from) {
        List<UUID> cancelled = new ArrayList<>();
        for (UUID prompt : queue.uuids()) {
            try {
                if (queue.cancel(prompt)) {
                    cancelled.add(prompt);
                    output.publish(new PromptChanged(prompt, Progress.CANCELLED));
                }
            } catch (JournalException e) {
                if (from == null) {
                    logKept(e);
                } else {
                    from.send(unavailable(e));
                }
            }
        }
        output.publishQueue();
        return cancelled;
    }

    /// Uuids of the prompts in the queue.
    List<UUID> queued() {
        return queue.uuids();
    }

    /// Leaves what waits alone until a client continues.
    void hold() {
        queue.hold();
        if (queue.isHeld()) {
            output.publishQueue();
        }
    }

    /// Starts what is held, and what could not be sent before.
    void retry() {
        boolean unsent = queue.retryUnsent();
        if (unsent) {
            output.publish(queue.unsentPrompts());
        }
        if (queue.release() || unsent) {
            output.publishQueue();
        }
        turns.startNext();
    }
}
