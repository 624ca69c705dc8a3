/// The client of Oriel's own wire (the sessions dialect): REST requests, feed and session
/// subscriptions.
@NullMarked
package dev.oriel.client.sessions;

import org.jspecify.annotations.NullMarked;
