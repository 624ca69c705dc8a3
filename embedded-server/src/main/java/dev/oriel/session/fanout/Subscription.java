package dev.oriel.session.fanout;

import dev.oriel.session.event.Subscriber;

/// A subscriber and how it gets its events.
///
/// Changed on the lane; while it catches up, its reader thread owns it until it posts back to the
/// lane.
final class Subscription {
    private final Subscriber subscriber;

    /// Written by the lane or, while catching up, by the reader thread; read by both.
    private volatile Mode mode = new Mode.CatchingUp();

    /// Failed reads in a row. Written by the thread that reads for it, one at a time.
    private volatile int failures;

    /// How a subscriber gets its events.
    sealed interface Mode {
        /// As they are published.
        record Live() implements Mode {}

        /// From the journal, at its own pace.
        record CatchingUp() implements Mode {}

        /// Not any more.
        record Gone() implements Mode {}
    }

    Subscription(Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean isLive() {
        return mode instanceof Mode.Live;
    }

    boolean isCatchingUp() {
        return mode instanceof Mode.CatchingUp;
    }

    void goLive() {
        mode = new Mode.Live();
    }

    void fallBehind() {
        mode = new Mode.CatchingUp();
    }

    void leave() {
        mode = new Mode.Gone();
    }

    @SuppressWarnings("ReferenceEquality") // a subscriber is equal to itself only
    boolean isOf(Subscriber other) {
        return subscriber == other;
    }

    /// Counts a failed read of the journal.
    ///
    /// @return failures in a row
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    int addFailure() {
        failures = failures + 1;
        return failures;
    }

    void resetFailures() {
        if (failures > 0) {
            failures = 0;
        }
    }
}
