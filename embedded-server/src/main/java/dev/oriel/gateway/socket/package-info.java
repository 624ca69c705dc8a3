/// Accepts the connections of a port, reads requests and frames, and writes replies, within limits
/// for every client. Knows neither paths nor tokens; [RequestHandler] decides on those.
///
/// **Where to begin.** [SelectorLoop] is the one thread of a port. It accepts sockets
/// ([ConnectionAcceptor], within [ConnectionSlots]) and calls a [SocketConnection] when its socket
/// is ready. Each connection has a [SocketReader], a [SocketWriter] and a [ConnectionState]; the
/// state's [ConnectionProtocol] interprets the bytes: [HttpProtocol] at first, then
/// [HttpStreamProtocol] or [WebSocketProtocol], at the end [LingerProtocol].
///
/// **Threads.** The loop's thread never waits. A dialect is called on a virtual thread of its
/// connection ([MessageDelivery]), an HTTP request on one of its own. Any thread may send, close
/// and move the state; what another thread has to do with the socket's input is posted to the loop.
@org.jspecify.annotations.NullMarked
package dev.oriel.gateway.socket;
