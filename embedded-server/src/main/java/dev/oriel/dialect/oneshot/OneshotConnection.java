package dev.oriel.dialect.oneshot;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.PeerSubscriber;
import dev.oriel.dialect.SerialExecutor;
import dev.oriel.dialect.TextFrames;
import dev.oriel.dialect.oneshot.OneshotDialect.RunContext;
import dev.oriel.journal.JournalException;
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

/// One client: waits for its one frame, runs it, closes with how it came out. Whatever ends the
/// connection ends the run, and its process with it.
final class OneshotConnection implements DialectConnection {
    private static final Logger LOG = LoggerFactory.getLogger(OneshotConnection.class);
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;
    private static final int INTERNAL_ERROR = 1011;

    private final RunContext terms;
    private final Peer peer;
    private final SerialExecutor tasks = new SerialExecutor("oneshot");
    private Stage stage = new Stage.Waiting(); // only in tasks

    /// Where it stands. It only ever goes on.
    private sealed interface Stage {
        /// For the client's frame.
        record Waiting() implements Stage {}

        /// The agent works.
        record Running(Session session, RunSubscriber ear, ScheduledFuture<?> deadline)
                implements Stage {}

        /// The outcome is known, and the agent is leaving.
        record Ending(Session session, RunSubscriber ear) implements Stage {}

        /// Nothing comes any more.
        record Over() implements Stage {}
    }

    OneshotConnection(RunContext terms, Peer peer) {
        this.terms = terms;
        this.peer = peer;
        send(OneshotFrames.INFO);
    }

    @Override
    public void onText(String text) {
        tasks.post(() -> {
            if (stage instanceof Stage.Waiting) {
                handle(OneshotRequest.parse(text));
            }
        });
    }

    @Override
    public void onBinary(int bytes) {
        tasks.post(() -> {
            if (stage instanceof Stage.Waiting) {
                // The original does not look into one, and finds no prompt.
                handle(new OneshotRequest.Refused("Required"));
            }
        });
    }

    @Override
    public void onClosed() {
        tasks.post(() -> {
            if (stage instanceof Stage.Running running) {
                LOG.debug("A client left in mid-run");
                endSession(running);
            }
            if (stage instanceof Stage.Ending(Session session, RunSubscriber ear)) {
                session.unsubscribe(ear);
            }
            stage = new Stage.Over();
        });
    }

    private void handle(OneshotRequest request) {
        switch (request) {
            case OneshotRequest.Run(String prompt) -> run(prompt);
            case OneshotRequest.Refused(String error) -> refuse(error, POLICY_VIOLATION);
        }
    }

    private void refuse(String error, int code) {
        stage = new Stage.Over();
        send(OneshotFrames.error(error));
        peer.close(code, "");
    }

    private void run(String prompt) {
        try {
            SessionSpec wish =
                    SessionSpec.builder("oneshot")
                            .cwd(terms.folder().path())
                            .secrets(terms.folder().secrets())
                            .build();
            SessionView made = terms.sessions().create(wish);
            Session session = terms.sessions().open(made.id()).orElseThrow();
            var ear = new RunSubscriber();
            var deadline =
                    terms.timer()
                            .schedule(
                                    () -> tasks.post(this::onTimeout),
                                    terms.timeout().toMillis(),
                                    TimeUnit.MILLISECONDS);
            stage = new Stage.Running(session, ear, deadline);
            peer.describe("oneshot, session " + session.id());
            session.subscribe(ear, null);
            session.prompt(
                    ear,
                    UserMessages.prompt(UUID.randomUUID(), prompt),
                    wish.promptSettings(terms.sessions().defaultPermissionMode()));
        } catch (BadRequestException | JournalException e) {
            refuse("Failed to spawn Claude: " + e.getMessage(), INTERNAL_ERROR);
        }
    }

    /// Closed at once, as the original does; the agent then has nobody left to talk to.
    private void onTimeout() {
        if (stage instanceof Stage.Running running) {
            send(OneshotFrames.error("Timeout"));
            peer.close(INTERNAL_ERROR, "Timeout");
            endSession(running);
        }
    }

    private void finish(RunOutcome outcome) {
        if (!(stage instanceof Stage.Running running)) {
            return;
        }
        int code =
                switch (outcome) {
                    case RunOutcome.Answered() -> NORMAL;
                    case RunOutcome.NotStarted(String why) -> {
                        send(OneshotFrames.error("Failed to spawn Claude: " + why));
                        yield INTERNAL_ERROR;
                    }
                    case RunOutcome.Failed(String why) -> {
                        send(OneshotFrames.error(why));
                        yield INTERNAL_ERROR;
                    }
                };
        // Behind the last line of the process.
        endSession(running).whenComplete((_, _) -> peer.close(code, ""));
    }

    /// @return completes when the process is gone
    private CompletableFuture<Boolean> endSession(Stage.Running running) {
        running.deadline().cancel(false);
        stage = new Stage.Ending(running.session(), running.ear());
        try {
            return terms.sessions().end(running.session().id());
        } catch (JournalException e) {
            LOG.warn("A session could not be ended: {}", e.getMessage());
            return CompletableFuture.completedFuture(false);
        }
    }

    private void send(byte[] frame) {
        peer.send(new TextFrames(List.of(frame)));
    }

    /// Hears the session for this client, which has no frame in which a person could be asked.
    private final class RunSubscriber extends PeerSubscriber {
        private final OneshotRunTracker course = new OneshotRunTracker();
        private boolean told;

        RunSubscriber() {
            super(OneshotConnection.this.peer);
        }

        @Override
        protected void sendAll(List<Delivery> deliveries) {
            List<byte[]> frames = course.toFrames(deliveries);
            if (!frames.isEmpty()) {
                peer.send(new TextFrames(frames));
            }
            course.outcome().ifPresent(this::tell);
        }

        private void tell(RunOutcome outcome) {
            if (!told) {
                told = true;
                tasks.post(() -> finish(outcome));
            }
        }

        @Override
        public void onDeleted() {
            // Deleted by somebody, in mid-run.
            tasks.post(() -> finish(new RunOutcome.Failed("The session was deleted.")));
        }

        @Override
        public boolean answersAsks() {
            return false;
        }
    }
}
