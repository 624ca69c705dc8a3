package dev.oriel.session;

/// A subscriber and how far it has come.
///
/// Confined to the lane, but for a [CatchingUp] one, whose reader thread owns it until it posts
/// back.
final class Subscription {
    final Subscriber subscriber;
    private volatile Mode mode;

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
