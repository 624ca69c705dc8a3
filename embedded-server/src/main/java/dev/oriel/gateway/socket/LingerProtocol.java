package dev.oriel.gateway.socket;

import java.nio.ByteBuffer;

/// Waits for the client's end after everything has been written: drops what the client still sends,
/// and closes the connection with its input.
final class LingerProtocol implements ConnectionProtocol {
    private final SocketConnection connection;
    private final ConnectionProtocol before;

    /// @param before the protocol until now, which is notified of the close
    LingerProtocol(SocketConnection connection, ConnectionProtocol before) {
        this.connection = connection;
        this.before = before;
    }

    @Override
    public void onBytes(ByteBuffer in) {
        // It comes too late.
    }

    @Override
    public boolean canReceive() {
        return true;
    }

    @Override
    public void onInputEnd(boolean broken) {
        connection.close();
    }

    @Override
    public void onAllSent() {
        // Everything had been sent before.
    }

    @Override
    public void checkTimeouts(long now) {
        // The connection has set its deadline.
    }

    @Override
    public void reject() {
        // Nothing can be written any more.
    }

    @Override
    public void shutDown(int code, String reason) {
        // The connection is about to be closed.
    }

    @Override
    public void fail() {
        connection.close();
    }

    @Override
    public void onClosed() {
        before.onClosed();
    }
}
