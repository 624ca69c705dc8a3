package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// Reads one socket, and pauses while the receiver cannot receive more.
///
/// On the loop's thread, except [#isPaused()].
final class SocketReader {
    private final ReadableByteChannel socket;
    private final SelectionKey key;
    private final Receiver receiver;
    private @Nullable ByteBuffer unread; // the loop's thread only: received, not yet processed
    private boolean inputEnded; // the loop's thread only
    private volatile boolean paused; // written by the loop's thread

    /// Receives what was read. On the loop's thread.
    interface Receiver {
        /// What is left in the buffer is kept if [#canReceive()] is false afterwards, and dropped
        /// otherwise.
        void onBytes(ByteBuffer in);

        /// Whether more can be received now. If that changes to true, [SocketReader#resume()] is to
        /// be called.
        boolean canReceive();

        /// The peer will send nothing more.
        ///
        /// @param broken whether it will receive nothing more either
        void onInputEnd(boolean broken);

        /// Calls [SocketReader#resume()] later, on the loop's thread.
        void resumeReading();
    }

    /// @param key of the socket; its interest in [SelectionKey#OP_READ] is changed here only
    SocketReader(ReadableByteChannel socket, SelectionKey key, Receiver receiver) {
        this.socket = socket;
        this.key = key;
        this.receiver = receiver;
    }

    boolean isPaused() {
        return paused;
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    /// @param buffer takes the bytes; nothing of it is kept
    void read(ByteBuffer buffer) {
        if (paused) {
            return;
        }
        int count;
        try {
            count = socket.read(buffer);
        } catch (IOException e) {
            end(true);
            return;
        }
        if (count < 0) {
            end(false);
        } else {
            process(buffer.flip());
        }
    }

    private void end(boolean broken) {
        inputEnded = true;
        setInterest(false);
        receiver.onInputEnd(broken);
    }

    private void process(ByteBuffer in) {
        receiver.onBytes(in);
        if (!receiver.canReceive()) {
            pause(in);
        }
    }

    private void pause(ByteBuffer in) {
        if (in.hasRemaining()) {
            unread = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        paused = true;
        setInterest(false);
        if (receiver.canReceive()) {
            receiver.resumeReading(); // what it waits for happened before `paused` was set
        }
    }

    /// Reads on if reading is paused and the receiver can receive more.
    void resume() {
        if (!paused || !receiver.canReceive()) {
            return;
        }
        paused = false;
        ByteBuffer in = unread;
        unread = null;
        if (in != null) {
            process(in);
        }
        if (!paused) {
            setInterest(true);
        }
    }

    private void setInterest(boolean reading) {
        if (inputEnded && reading) {
            return;
        }
        try {
            if (reading) {
                key.interestOpsOr(SelectionKey.OP_READ);
            } else {
                key.interestOpsAnd(~SelectionKey.OP_READ);
            }
        } catch (CancelledKeyException e) {
            // The socket has been closed.
        }
    }
}
