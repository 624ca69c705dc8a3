package dev.oriel.dialect;

/// One connected client. Its methods are called one at a time, in order, on a thread of the gateway
/// that they must not block.
public interface DialectConnection {
    /// A text frame, whole.
    void onText(String text);

    /// A binary frame of so many bytes: no dialect has a use for one.
    void onBinary(int bytes);

    /// The connection is gone, for whatever reason. The last call. Must not wait for anything.
    void onClosed();
}
