package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A writer, its socket and the selector's thread, played by the test.
class SocketWriterTest {
    private final NarrowChannel socket = new NarrowChannel();
    private final AtomicLong clock = new AtomicLong(1);
    private final List<String> events = new ArrayList<>();
    private Selector selector;
    private Pipe pipe;
    private SelectionKey key;
    private SocketWriter writer;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.sink().configureBlocking(false);
        key = pipe.sink().register(selector, 0);
        writer = new SocketWriter(socket, key, clock::get, new RecordedEvents());
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pipe.sink().close();
        pipe.source().close();
    }

    private static List<ByteBuffer> bytes(int count) {
        return List.of(ByteBuffer.allocate(count));
    }

    private boolean awaitsRoom() {
        return (key.interestOps() & SelectionKey.OP_WRITE) != 0;
    }

    @Test
    void aSendIsWrittenAtOnceWhereTheSocketHasRoom() {
        writer.send(bytes(10));
        assertThat(socket.written()).isEqualTo(10);
        assertThat(writer.queuedBytes()).isZero();
        assertThat(awaitsRoom()).isFalse();
    }

    @Test
    void theRestIsWrittenByTheSelectorsThread() {
        socket.room = 4;
        writer.send(bytes(10));
        assertThat(writer.queuedBytes()).isEqualTo(6);
        assertThat(awaitsRoom()).isTrue();
        socket.room = 100;
        writer.send(bytes(5));
        assertThat(socket.written()).as("in order, so not before the rest").isEqualTo(4);
        writer.onWritable();
        assertThat(socket.written()).isEqualTo(15);
        assertThat(awaitsRoom()).isFalse();
    }

    @Test
    void allIsReportedAsSentOnceTheLastByteIsWritten() {
        socket.room = 4;
        assertThat(writer.closeAfter(bytes(10))).isTrue();
        assertThat(events).isEmpty();
        socket.room = 100;
        writer.onWritable();
        writer.onWritable();
        assertThat(events).containsExactly("all sent");
    }

    @Test
    void nothingIsSentAfterTheLastBuffer() {
        writer.closeAfter(List.of());
        writer.send(bytes(10));
        assertThat(writer.closeAfter(bytes(1))).isFalse();
        assertThat(socket.written()).isZero();
        assertThat(events).containsExactly("all sent");
    }

    @Test
    void aBrokenSocketIsReportedOnceAndWhatWaitsIsDropped() {
        socket.room = 4;
        writer.send(bytes(10));
        socket.failure = new IOException("of a test");
        writer.onWritable();
        writer.send(bytes(10));
        assertThat(events).containsExactly("lost");
        assertThat(writer.queuedBytes()).isZero();
        assertThat(writer.closeAfter(bytes(1))).isTrue();
        assertThat(events).containsExactly("lost", "all sent");
    }

    @Test
    void aTaskRunsOnceFewerBytesWait() {
        var ran = new ArrayList<String>();
        socket.room = 0;
        writer.send(bytes(10));
        writer.whenBelow(11, () -> ran.add("at once"));
        writer.whenBelow(6, () -> ran.add("later"));
        assertThat(ran).containsExactly("at once");
        socket.room = 4;
        writer.onWritable();
        assertThat(ran).containsExactly("at once");
        socket.room = 1;
        writer.onWritable();
        assertThat(ran).containsExactly("at once", "later");
    }

    @Test
    void aTaskThatWaitsIsDroppedByTheClose() {
        var ran = new ArrayList<String>();
        socket.room = 0;
        writer.send(bytes(10));
        writer.whenBelow(1, () -> ran.add("later"));
        writer.close();
        writer.whenBelow(1, () -> ran.add("too late"));
        writer.onWritable();
        assertThat(ran).isEmpty();
    }

    @Test
    void waitingForRoomEndsAfterItsTimeAndAtTheClose() {
        assertThat(writer.awaitBelow(1, 0)).isTrue();
        socket.room = 0;
        writer.send(bytes(10));
        assertThat(writer.awaitBelow(10, 1)).isFalse();
        assertThat(writer.awaitBelow(11, 1)).isTrue();
        writer.close();
        assertThat(writer.awaitBelow(11, Duration.ofMinutes(1).toNanos())).isFalse();
    }

    @Test
    void aSocketIsStuckThatTakesNoByteForSoLong() {
        socket.room = 4;
        writer.send(bytes(10));
        clock.addAndGet(100);
        assertThat(writer.isStuck(100)).isFalse();
        clock.addAndGet(1);
        assertThat(writer.isStuck(100)).isTrue();
        socket.room = 1;
        writer.onWritable();
        assertThat(writer.isStuck(100)).isFalse();
        clock.addAndGet(101);
        writer.dropUnstarted();
        assertThat(writer.isStuck(100)).isFalse();
    }

    @Test
    void anIdleSocketIsNotStuck() {
        clock.addAndGet(1_000);
        assertThat(writer.isStuck(100)).isFalse();
        socket.room = 0;
        writer.send(bytes(1));
        assertThat(writer.isStuck(100)).isFalse();
    }

    private final class RecordedEvents implements SocketWriter.WriteListener {
        @Override
        public void onAllSent() {
            events.add("all sent");
        }

        @Override
        public void onLost() {
            events.add("lost");
        }
    }
}
