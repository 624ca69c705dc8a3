package dev.oriel.gateway.socket;

/// Counts the events of connections. Any thread may call it.
public interface SocketMeter {
    /// A WebSocket was opened.
    void onOpened();

    /// A WebSocket was closed.
    void onClosed();

    /// A request or a connection was refused.
    void onRefused();

    /// A connection was closed because its client did not read.
    void onStuck();

    /// A text message was received.
    ///
    /// @param chars its length
    void onReceived(int chars);
}
