/// Entry points of the client library: the factory of clients, the detection of a server's kind,
/// and a conversation with one prompt at a time.
@NullMarked
package dev.oriel.client.connect;

import org.jspecify.annotations.NullMarked;
