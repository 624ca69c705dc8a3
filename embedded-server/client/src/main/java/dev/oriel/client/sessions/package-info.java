/// The client of Oriel's own wire (the sessions dialect): REST requests, feed and session
/// subscriptions.
package dev.oriel.client.sessions;
