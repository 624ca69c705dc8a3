package dev.oriel.gateway.socket;

import java.nio.ByteBuffer;

/// What a connection speaks now. On the loop's thread, but where it says otherwise.
interface ConnectionProtocol {
    /// Bytes of the client. What is left of them is kept if reading is paused, and dropped
    /// otherwise.
    void onBytes(ByteBuffer in);

    /// Whether more can be taken now: if not, reading is paused until
    /// [SocketConnection#resumeReading].
    boolean canReceive();

    /// The client says nothing more.
    ///
    /// @param broken whether it can hear nothing more either
    void onInputEnd(boolean broken);

    /// The last is written.
    void onAllSent();

    /// @param now by the clock that only goes forward
    void checkTimeouts(long now);

    /// Whether it would be wrong to send the client away just now. Any thread may ask.
    boolean isReplying();

    /// Tells the client, if that can be done at once, that there is no place for it; the connection
    /// ends right after. On any thread.
    void reject();

    /// Begins to say goodbye, as the server goes down. On any thread.
    void shutDown(int code, String reason);

    /// Tells the client that something is wrong with the server, and ends. On any thread.
    void fail();

    /// The connection has ended. On any thread, and maybe more than once.
    void onClosed();
}
