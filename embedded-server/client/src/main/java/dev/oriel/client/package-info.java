/// A client of Oriel's server and of the four other kinds of server.
///
/// [dev.oriel.client.ServerClient] is the interface to a server of any kind;
/// `dev.oriel.client.connect` creates one. Subscriptions survive lost connections.
///
/// The sockets are those of `java.net.http`: they share a pool and TLS settings with the requests,
/// report the status of a refused upgrade, accept the token as a header, and let the client read at
/// its own pace, so that a slow client slows the server instead of filling its memory.
@NullMarked
package dev.oriel.client;

import org.jspecify.annotations.NullMarked;
