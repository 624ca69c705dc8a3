package dev.oriel.gateway.socket;

/// Counts what connections do. Any thread may call it.
public interface SocketMeter {
    /// A WebSocket was opened.
    void opened();

    /// A WebSocket ended.
    ///
    /// @param code the close code
    void closed(int code);

    /// A request or a connection was turned away.
    void refused();

    /// A client was closed as it did not read.
    void stuck();

    void received(int chars);
}
