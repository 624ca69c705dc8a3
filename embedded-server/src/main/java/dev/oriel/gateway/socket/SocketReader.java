package dev.oriel.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads one socket for the protocol of its connection, and pauses while that cannot receive more.
///
/// On the loop's thread, except [#isPaused()].
final class SocketReader {
    private final ReadableByteChannel socket;
    private final SelectionKey key;
    private final Supplier<ConnectionProtocol> receiver;
    private final Runnable resumeLater;
    private @Nullable ByteBuffer unread; // the loop's thread only: received, not yet processed
    private boolean inputEnded; // the loop's thread only
    private volatile boolean paused; // written by the loop's thread

    /// @param key of the socket; its interest in [SelectionKey#OP_READ] is changed here only
    /// @param receiver the protocol that receives the bytes now
    /// @param resumeLater calls [#resume()] later, on the loop's thread
    SocketReader(
            ReadableByteChannel socket,
            SelectionKey key,
            Supplier<ConnectionProtocol> receiver,
            Runnable resumeLater) {
        this.socket = socket;
        this.key = key;
        this.receiver = receiver;
        this.resumeLater = resumeLater;
    }

    boolean isPaused() {
        return paused;
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    /// @param buffer takes the bytes; nothing of it is kept
    /// @param max bytes that may be read at once
    void read(ByteBuffer buffer, int max) {
        if (paused) {
            return;
        }
        buffer.clear().limit(Math.min(max, buffer.capacity()));
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
        receiver.get().onInputEnd(broken);
    }

    private void process(ByteBuffer in) {
        receiver.get().onBytes(in);
        if (!receiver.get().canReceive()) {
            pause(in);
        }
    }

    private void pause(ByteBuffer in) {
        if (in.hasRemaining()) {
            unread = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        paused = true;
        setInterest(false);
        if (receiver.get().canReceive()) {
            resumeLater.run(); // what it waits for happened before `paused` was set
        }
    }

    /// Reads on if reading is paused and the protocol can receive more.
    void resume() {
        if (!paused || !receiver.get().canReceive()) {
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
