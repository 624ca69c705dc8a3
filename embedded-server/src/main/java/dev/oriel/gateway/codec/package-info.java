/// Bytes to HTTP requests and WebSocket frames and back, within limits. Knows no socket and no
/// thread.
package dev.oriel.gateway.codec;
