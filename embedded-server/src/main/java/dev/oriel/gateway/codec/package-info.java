/// Converts bytes to HTTP requests and WebSocket frames and back, within limits. Uses no socket and
/// no thread. The only importer of the WebSocket library.
package dev.oriel.gateway.codec;
