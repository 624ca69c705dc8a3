/// The window's side of the wire: connect, come back, resume. Knows no JavaFX.
///
/// [dev.oriel.app.client.Remote] is what the window needs of any server; one class per dialect
/// implements it, so far [dev.oriel.app.client.SessionsClient] for Oriel's own. The sockets are the
/// JDK's (`java.net.http`): they share one pool and one TLS setting with the requests, tell the
/// status of a refused upgrade, take the token as a header, and let us read at our own pace, so a
/// window that is busy slows the server's stream instead of piling it up.
@NullMarked
package dev.oriel.app.client;

import org.jspecify.annotations.NullMarked;
