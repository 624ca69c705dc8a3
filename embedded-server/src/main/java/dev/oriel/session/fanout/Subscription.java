package dev.oriel.session.fanout;

import dev.oriel.session.event.Subscriber;

/// A subscriber and how far it has come.
///
/// Confined to the lane, but for a [Mode.CatchingUp] one, whose reader thread owns it until it posts
/// back.
final class Subscription {
    final Subscriber subscriber;
    private volatile Mode mode;
    private volatile int failures; // written by whoever reads for it, one at a time

    Subscription(Subscriber subscriber, Mode mode) {
        this.subscriber = subscriber;
        this.mode = mode;
    }

    Mode mode() {
        return mode;
    }

    void mode(Mode next) {
        mode = next;
    }

    @SuppressWarnings("ReferenceEquality") // a subscriber is itself and no other
    boolean isOf(Subscriber other) {
        return subscriber == other;
    }

    /// The journal could not be read for it.
    ///
    /// @return how often in a row
    @SuppressWarnings("NonAtomicVolatileUpdate")
    int failedToRead() {
        failures = failures + 1;
        return failures;
    }

    void hasRead() {
        if (failures > 0) {
            failures = 0;
        }
    }

    /// @return true, for the sake of who removes it
    boolean leave() {
        mode = new Mode.Gone();
        return true;
    }

    /// How a subscriber gets its messages.
    sealed interface Mode {
        /// As they come.
        record Live() implements Mode {}

        /// From the journal, at its own pace.
        record CatchingUp() implements Mode {}

        /// Not any more.
        record Gone() implements Mode {}
    }
}
