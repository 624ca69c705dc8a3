/// Entry points of the client library: the factory of clients, the detection of a server's kind,
/// and a conversation with one prompt at a time.
package dev.oriel.client.connect;
