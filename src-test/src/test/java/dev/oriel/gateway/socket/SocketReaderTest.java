package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A reader and its socket; the test is the loop's thread.
class SocketReaderTest {
    private final ScriptedChannel socket = new ScriptedChannel();
    private final List<String> events = new ArrayList<>();
    private final SlowReceiver receiver = new SlowReceiver();
    private Selector selector;
    private Pipe pipe;
    private SelectionKey key;
    private SocketReader reader;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        key = pipe.source().register(selector, SelectionKey.OP_READ);
        reader = new SocketReader(socket, key, () -> receiver, () -> events.add("resume"));
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }

    private void read() {
        reader.read(ByteBuffer.allocate(100), 50);
    }

    private boolean isInterested() {
        return (key.interestOps() & SelectionKey.OP_READ) != 0;
    }

    @Test
    void bytesGoToTheReceiver() {
        socket.send("ab");
        read();
        assertThat(events).containsExactly("a", "b");
        assertThat(reader.isPaused()).isFalse();
        assertThat(isInterested()).isTrue();
    }

    @Test
    void noMoreBytesAreReadThanAllowed() {
        socket.send("abc");
        reader.read(ByteBuffer.allocate(100), 2);
        assertThat(events).containsExactly("a", "b");
    }

    @Test
    void readingPausesWhileTheReceiverCannotReceive() {
        receiver.capacity = 1;
        socket.send("abc");
        read();
        assertThat(events).containsExactly("a");
        assertThat(reader.isPaused()).isTrue();
        assertThat(isInterested()).isFalse();
        socket.send("d");
        read();
        reader.resume();
        assertThat(events).containsExactly("a");

        receiver.capacity = 1;
        reader.resume();
        assertThat(events).containsExactly("a", "b");
        assertThat(reader.isPaused()).isTrue();

        receiver.capacity = 10;
        reader.resume();
        assertThat(isInterested()).isTrue();
        read();
        assertThat(events).containsExactly("a", "b", "c", "d");
    }

    @Test
    void readingResumesLaterWhereTheReceiverCanReceiveAgainBeforeThePause() {
        receiver.capacity = 1;
        receiver.recovers = true;
        socket.send("ab");
        read();
        assertThat(events).containsExactly("a", "resume");
        reader.resume();
        assertThat(events).containsExactly("a", "resume", "b");
    }

    @Test
    void theEndOfTheInputIsReported() {
        socket.end();
        read();
        assertThat(events).containsExactly("end");
        assertThat(reader.hasInputEnded()).isTrue();
        assertThat(isInterested()).isFalse();
    }

    @Test
    void aBrokenSocketIsReported() {
        socket.fail();
        read();
        assertThat(events).containsExactly("broken");
        assertThat(isInterested()).isFalse();
    }

    /// Takes bytes one by one as long as it has capacity.
    private final class SlowReceiver extends FakeProtocol {
        private int capacity = 1_000;
        private boolean recovers;

        @Override
        public void onBytes(ByteBuffer in) {
            while (capacity > 0 && in.hasRemaining()) {
                capacity--;
                events.add(String.valueOf((char) in.get()));
            }
        }

        @Override
        public boolean canReceive() {
            boolean can = capacity > 0;
            if (!can && recovers) {
                capacity = 10;
            }
            return can;
        }

        @Override
        public void onInputEnd(boolean broken) {
            events.add(broken ? "broken" : "end");
        }
    }

    private static final class ScriptedChannel implements ReadableByteChannel {
        private final Deque<byte[]> sent = new ArrayDeque<>();
        private boolean ended;
        private boolean broken;

        void send(String text) {
            sent.add(text.getBytes(StandardCharsets.US_ASCII));
        }

        void end() {
            ended = true;
        }

        void fail() {
            broken = true;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (broken) {
                throw new IOException("of a test");
            }
            byte[] next = sent.poll();
            if (next == null) {
                return ended ? -1 : 0;
            }
            int count = Math.min(next.length, into.remaining());
            into.put(next, 0, count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
