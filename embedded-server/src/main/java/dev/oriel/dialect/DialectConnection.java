package dev.oriel.dialect;

/// Receives the frames of one connected client. The methods are called one at a time, in order, on
/// a thread of the gateway, and must not block.
public interface DialectConnection {
    /// Receives a complete text message.
    void onText(String text);

    /// Receives a binary message. No dialect uses binary messages, so only the length is passed.
    void onBinary(int bytes);

    /// The connection was closed or lost. This is the last call.
    void onClosed();

    /// The connection that receives everything from now on. Called after every message; a login
    /// hands over to the connection of the client that it admitted.
    default DialectConnection successor() {
        return this;
    }
}
