package dev.oriel.app.session;

import dev.oriel.client.SessionSubscription;

/// How far a [PagedSubscription] of an [OpenSession] has come. A dash means that nothing happens.
///
/// | state | `start` | `reconnect` | `onServerOnline` | page loaded | page failed | `close` |
/// |---|---|---|---|---|---|---|
/// | Unsubscribed | Loading, or Subscribed after a known message | Loading | Loading | – | – | Closed |
/// | Loading | – | – | – | Subscribed | Unsubscribed | Closed |
/// | Subscribed | – | Subscribed; the connection is retried | – | – | – | Closed |
/// | Closed | – | – | – | – | – | – |
sealed interface SubscriptionState {
    /// No page was loaded yet, or loading failed.
    record Unsubscribed() implements SubscriptionState {}

    /// The latest page is being loaded.
    record Loading() implements SubscriptionState {}

    /// The session's messages are received.
    record Subscribed(SessionSubscription subscription) implements SubscriptionState {}

    /// The session was closed in the window.
    record Closed() implements SubscriptionState {}
}
