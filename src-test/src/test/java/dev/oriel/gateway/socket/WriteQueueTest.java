package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bytes that wait for a socket, and their count.
class WriteQueueTest {
    private final WriteQueue queue = new WriteQueue();
    private final NarrowChannel socket = new NarrowChannel();

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    @Test
    void everythingIsWrittenThatTheSocketTakes() throws IOException {
        queue.enqueue(List.of(bytes(3), bytes(4)));
        assertThat(queue.bytes()).isEqualTo(7);
        assertThat(queue.writeTo(socket)).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
        assertThat(socket.written()).isEqualTo(7);
    }

    @Test
    void theRestWaitsWhereTheSocketIsFull() throws IOException {
        socket.room = 5;
        queue.enqueue(List.of(bytes(3), bytes(4)));
        assertThat(queue.writeTo(socket)).isTrue();
        assertThat(queue.bytes()).isEqualTo(2);
        assertThat(queue.writeTo(socket)).isFalse();
        socket.room = 100;
        assertThat(queue.writeTo(socket)).isTrue();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aLargeBufferIsWrittenInPieces() throws IOException {
        queue.enqueue(List.of(bytes(2 * WriteQueue.MAX_WRITE + 1)));
        queue.writeTo(socket);
        assertThat(socket.largest).isEqualTo(WriteQueue.MAX_WRITE);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void theBuffersOfTheCallerAreNotMoved() throws IOException {
        ByteBuffer buffer = bytes(3);
        queue.enqueue(List.of(buffer));
        queue.writeTo(socket);
        assertThat(buffer.remaining()).isEqualTo(3);
    }

    @Test
    void pongsCountUntilTheLastOneIsWritten() throws IOException {
        socket.room = 12;
        queue.enqueue(List.of(bytes(10)));
        queue.enqueuePong(bytes(4));
        queue.enqueuePong(bytes(4));
        queue.enqueue(List.of(bytes(10)));
        assertThat(queue.pongBytes()).isEqualTo(8);
        queue.writeTo(socket);
        assertThat(queue.pongBytes()).isEqualTo(8);
        socket.room = 6;
        queue.writeTo(socket);
        assertThat(queue.pongBytes()).isZero();
        queue.enqueuePong(bytes(4));
        assertThat(queue.pongBytes()).isEqualTo(4);
    }

    @Test
    void aBufferThatHasBegunIsKeptWhereAllOthersAreDropped() throws IOException {
        socket.room = 4;
        queue.enqueue(List.of(bytes(10), bytes(10)));
        queue.enqueuePong(bytes(4));
        queue.writeTo(socket);
        queue.dropUnstarted();
        assertThat(queue.bytes()).isEqualTo(6);
        assertThat(queue.pongBytes()).isZero();
        queue.enqueuePong(bytes(4));
        assertThat(queue.pongBytes()).isEqualTo(4);
        socket.room = 100;
        queue.writeTo(socket);
        assertThat(queue.pongBytes()).isZero();
        assertThat(socket.written()).isEqualTo(14);
    }

    @Test
    void aBufferThatHasNotBegunIsDropped() {
        queue.enqueue(List.of(bytes(10)));
        queue.dropUnstarted();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
    }
}
