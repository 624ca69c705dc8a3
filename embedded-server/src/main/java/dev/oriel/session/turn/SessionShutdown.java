package dev.oriel.session.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Whether a session ends or stops, and what waits for that. Both wait for its agent to exit.
/// Confined to the lane.
final class SessionShutdown {
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private State state = State.NONE;

    private enum State {
        NONE,
        /// The session ends; a later prompt reopens it.
        ENDING,
        /// No agent starts any more: the session is deleted or the server stops.
        STOPPING,
        /// Both.
        ENDING_AND_STOPPING
    }

    /// A client ends the session.
    ///
    /// @param done completed with [#complete()]
    void end(CompletableFuture<Void> done) {
        waiting.add(done);
        state =
                switch (state) {
                    case NONE, ENDING -> State.ENDING;
                    case STOPPING, ENDING_AND_STOPPING -> State.ENDING_AND_STOPPING;
                };
    }

    /// The session stops for good.
    ///
    /// @param done completed with [#complete()]
    void stop(CompletableFuture<Void> done) {
        waiting.add(done);
        state =
                switch (state) {
                    case NONE, STOPPING -> State.STOPPING;
                    case ENDING, ENDING_AND_STOPPING -> State.ENDING_AND_STOPPING;
                };
    }

    /// True while no agent may start.
    boolean isUnderWay() {
        return state != State.NONE;
    }

    /// The agent has exited: a session that ends has ended.
    ///
    /// @return whether it was ending
    boolean takeEnd() {
        boolean ended = state == State.ENDING || state == State.ENDING_AND_STOPPING;
        state =
                switch (state) {
                    case NONE, ENDING -> State.NONE;
                    case STOPPING, ENDING_AND_STOPPING -> State.STOPPING;
                };
        return ended;
    }

    /// Completes what waits.
    void complete() {
        waiting.forEach(done -> done.complete(null));
        waiting.clear();
    }
}
