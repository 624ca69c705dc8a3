package dev.oriel.gateway.socket;

/// Counts what connections do. Any thread may call it.
public interface SocketMeter {
    /// A WebSocket was opened.
    void onOpened();

    /// A WebSocket ended.
    ///
    /// @param code the close code
    void onClosed(int code);

    /// A request or a connection was turned away.
    void onRefused();

    /// A client was closed as it did not read.
    void onStuck();

    void onReceived(int chars);
}
