package dev.oriel.gateway.socket;

import java.nio.ByteBuffer;

/// How a connection interprets what it receives in its current state. Called on the loop's thread,
/// except where noted.
interface ConnectionProtocol {
    /// Receives bytes of the client. The rest of them is kept if [#canReceive()] is false
    /// afterwards, and dropped otherwise.
    void onBytes(ByteBuffer in);

    /// Whether more can be received now. If not, reading is paused until
    /// [SocketConnection#resumeReading()].
    boolean canReceive();

    /// The client will send nothing more.
    ///
    /// @param broken whether it will receive nothing more either
    void onInputEnd(boolean broken);

    /// Everything has been written, and nothing more will be accepted for writing.
    void onAllSent();

    /// Called once a second.
    ///
    /// @param now by the monotonic clock
    void checkTimeouts(long now);

    /// Reports to the client, if that can be done at once, that there are too many connections. The
    /// connection is closed right afterwards. On any thread.
    void reject();

    /// Starts to close the connection because the server shuts down. On any thread.
    ///
    /// @param code close code of a WebSocket
    /// @param reason its text
    void shutDown(int code, String reason);

    /// Reports to the client that the server failed, and closes the connection. On any thread.
    void fail();

    /// The connection has been closed. On any thread.
    void onClosed();
}
