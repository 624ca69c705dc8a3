/// Accepts the connections of a port, reads requests and frames, and writes replies, within limits
/// for every client. Knows neither paths nor tokens; [RequestHandler] decides on those.
@org.jspecify.annotations.NullMarked
package dev.oriel.gateway.socket;
