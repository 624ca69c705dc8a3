package dev.oriel.dialect.oneshot;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.SerialExecutor;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.oneshot.OneshotDialect.RunContext;
import dev.oriel.dialect.oneshot.OneshotState.Trigger;
import dev.oriel.journal.JournalException;
import dev.oriel.message.CloseCode;
import dev.oriel.message.UserMessages;
import dev.oriel.session.Session;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: waits for its single frame, runs the prompt, and closes with the outcome. The end of
/// the connection, for any reason, ends the run and its process.
final class OneshotConnection implements DialectConnection {
    private static final Logger LOG = LoggerFactory.getLogger(OneshotConnection.class);

    private final RunContext context;
    private final Peer peer;
    private final SerialExecutor tasks = new SerialExecutor("oneshot");
    private OneshotState<Run> state = new OneshotState.Waiting<>(); // confined to tasks

    private record Run(Session session, RunSubscriber subscriber, ScheduledFuture<?> deadline) {}

    OneshotConnection(RunContext context, Peer peer) {
        this.context = context;
        this.peer = peer;
        send(OneshotFrames.INFO);
    }

    @Override
    public void onText(String text) {
        tasks.post(() -> {
            if (state instanceof OneshotState.Waiting) {
                handle(OneshotRequest.parse(text));
            }
        });
    }

    @Override
    public void onBinary(int bytes) {
        tasks.post(() -> {
            if (state instanceof OneshotState.Waiting) {
                // The original does not parse it, and finds no prompt.
                handle(new OneshotRequest.Refused("Required"));
            }
        });
    }

    @Override
    public void onClosed() {
        tasks.post(() -> {
            if (state instanceof OneshotState.Running(Run run)) {
                LOG.debug("A client disconnected during a run");
                end(run);
            }
            if (state instanceof OneshotState.Ending(Run run)) {
                run.session().unsubscribe(run.subscriber());
            }
            state = state.on(new Trigger.Disconnected<>());
        });
    }

    private void handle(OneshotRequest request) {
        switch (request) {
            case OneshotRequest.Run(String prompt) -> run(prompt);
            case OneshotRequest.Refused(String error) -> refuse(error, CloseCode.POLICY_VIOLATION);
        }
    }

    private void refuse(String error, int code) {
        state = state.on(new Trigger.RequestRefused<>());
        send(OneshotFrames.error(error));
        peer.close(code, "");
    }

    private void run(String prompt) {
        try {
            SessionSpec spec =
                    SessionSpec.builder("oneshot")
                            .cwd(context.folder().path())
                            .secrets(context.folder().secrets())
                            .build();
            SessionView created = context.sessions().create(spec);
            Session session = context.sessions().open(created.id()).orElseThrow();
            var subscriber = new RunSubscriber();
            var deadline =
                    context.timer()
                            .schedule(
                                    () -> tasks.post(this::onTimeout),
                                    context.timeout().toMillis(),
                                    TimeUnit.MILLISECONDS);
            state = state.on(new Trigger.RunStarted<>(new Run(session, subscriber, deadline)));
            peer.describe("oneshot, session " + session.id());
            session.subscribe(subscriber, null);
            session.prompt(
                    subscriber,
                    UserMessages.prompt(UUID.randomUUID(), prompt),
                    spec.promptSettings(context.sessions().defaultPermissionMode()));
        } catch (BadRequestException | JournalException e) {
            refuse("Failed to spawn Claude: " + e.getMessage(), CloseCode.INTERNAL_ERROR);
        }
    }

    /// Closes the socket at once, as the original does, and ends the agent.
    private void onTimeout() {
        if (state instanceof OneshotState.Running(Run run)) {
            send(OneshotFrames.error("Timeout"));
            peer.close(CloseCode.INTERNAL_ERROR, "Timeout");
            end(run);
        }
    }

    private void finish(RunOutcome outcome) {
        if (!(state instanceof OneshotState.Running(Run run))) {
            return;
        }
        int code =
                switch (outcome) {
                    case RunOutcome.Answered() -> CloseCode.NORMAL;
                    case RunOutcome.NotStarted(String why) -> {
                        send(OneshotFrames.error("Failed to spawn Claude: " + why));
                        yield CloseCode.INTERNAL_ERROR;
                    }
                    case RunOutcome.Failed(String why) -> {
                        send(OneshotFrames.error(why));
                        yield CloseCode.INTERNAL_ERROR;
                    }
                };
        // After the last line of the process.
        end(run).whenComplete((_, _) -> peer.close(code, ""));
    }

    /// @return completes when the process has ended
    private CompletableFuture<Boolean> end(Run run) {
        run.deadline().cancel(false);
        state = state.on(new Trigger.RunEnded<>());
        try {
            return context.sessions().end(run.session().id());
        } catch (JournalException e) {
            LOG.warn("A session could not be ended: {}", e.getMessage());
            return CompletableFuture.completedFuture(false);
        }
    }

    private void send(byte[] frame) {
        peer.send(new TextFrames(List.of(frame)));
    }

    /// Receives the session's events. The protocol has no frame for asks.
    private final class RunSubscriber extends PeerSubscriber {
        private final OneshotRunTracker tracker = new OneshotRunTracker();

        RunSubscriber() {
            super(OneshotConnection.this.peer);
        }

        @Override
        protected void sendAll(List<Delivery> deliveries) {
            List<byte[]> frames = tracker.toFrames(deliveries);
            if (!frames.isEmpty()) {
                peer.send(new TextFrames(frames));
            }
            // Only the first of these tasks has an effect.
            tracker.outcome().ifPresent(outcome -> tasks.post(() -> finish(outcome)));
        }

        @Override
        public void onDeleted() {
            tasks.post(() -> finish(new RunOutcome.Failed("The session was deleted.")));
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
