package dev.oriel.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/// What one connection says. The end of it is held back until all that came before is decoded: the
/// library closes at the end at once, and drops what its decoder has not come to.
final class Inbox {
    private final SocketChannel socket;
    private final SelectionKey key;
    private final AtomicLong undecoded = new AtomicLong();
    private volatile boolean endHeld;

    /// @param key the selector's, of this socket
    Inbox(SocketChannel socket, SelectionKey key) {
        this.socket = socket;
        this.key = key;
    }

    /// Reads on the selector's thread.
    ///
    /// @return how many bytes, -1 at the end
    int read(ByteBuffer into) throws IOException {
        int count;
        try {
            count = socket.read(into);
        } catch (IOException e) {
            if (undecoded.get() == 0) {
                throw e;
            }
            count = -1; // reset by a client that has said what it wanted to
        }
        if (count > 0) {
            undecoded.addAndGet(count);
        } else if (count < 0 && undecoded.get() > 0) {
            endHeld = true;
            key.interestOpsAnd(~SelectionKey.OP_READ);
            // The decoder may have finished before it could know that the end waits.
            return undecoded.get() == 0 ? -1 : 0;
        }
        return count;
    }

    /// So many bytes of those that were read have been decoded.
    void decoded(int bytes) {
        if (undecoded.addAndGet(-bytes) == 0 && endHeld) {
            try {
                key.interestOpsOr(SelectionKey.OP_READ);
                key.selector().wakeup();
            } catch (CancelledKeyException e) {
                // Closed by us meanwhile; nobody waits for its end.
            }
        }
    }
}
