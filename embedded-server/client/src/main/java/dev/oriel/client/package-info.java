/// A client of Oriel's own server, and of servers that speak one of the other dialects: connect,
/// come back, resume. The window and `oriel-server send` stand on it, and other programs may.
///
/// [dev.oriel.client.ServerClient] is what a client needs of any server; one class per dialect implements
/// it, `SessionsClient` for Oriel's own. The sockets are the JDK's
/// (`java.net.http`): they share one pool and one TLS setting with the requests, tell the status of
/// a refused upgrade, take the token as a header, and let us read at our own pace, so a client that
/// is busy slows the server's stream instead of piling it up.
@NullMarked
package dev.oriel.client;

import org.jspecify.annotations.NullMarked;
