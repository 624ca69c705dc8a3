/// The sockets under the gateway: accepts connections, reads requests and WebSocket frames, and
/// writes answers, within limits that hold for everybody who connects. It knows neither paths nor
/// tokens; [RequestHandler] decides on those.
@org.jspecify.annotations.NullMarked
package dev.oriel.gateway.socket;
