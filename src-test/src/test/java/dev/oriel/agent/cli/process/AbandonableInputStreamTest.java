package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.await.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A read that another thread abandons.
@Timeout(30)
class AbandonableInputStreamTest {
    private final CountDownLatch written = new CountDownLatch(1);
    private final InputStream pipe =
            new InputStream() {
                @Override
                public int read() {
                    try {
                        written.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return 'x';
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    into[offset] = (byte) read();
                    return 1;
                }
            };
    private final AbandonableInputStream stream = new AbandonableInputStream(pipe);

    private CompletableFuture<Integer> readOnAnotherThread() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.read();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void bytesArePassedOnAndReadsAreCounted() throws IOException {
        var other = new AbandonableInputStream(new ByteArrayInputStream(new byte[] {1, 2}));
        assertThat(other.read()).isEqualTo(1);
        assertThat(other.read()).isEqualTo(2);
        assertThat(other.read()).isEqualTo(-1);
        assertThat(other.reads()).isEqualTo(3);
        assertThat(other.isAbandoned()).isFalse();
    }

    @Test
    void anAbandonedReadDeliversNothing() throws Exception {
        CompletableFuture<Integer> read = readOnAnotherThread();
        await().until(() -> stream.abandonIfIdleSince(0));
        written.countDown();
        assertThat(read.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo(-1);
        assertThat(stream.isAbandoned()).isTrue();
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void aReaderThatIsNotReadingIsNotAbandoned() throws Exception {
        assertThat(stream.abandonIfIdleSince(0)).isFalse();
        written.countDown();
        assertThat(stream.read()).isEqualTo('x');
        assertThat(stream.abandonIfIdleSince(1)).isFalse();
    }

    @Test
    void aReadThatIsNewerThanTheCountIsNotAbandoned() throws Exception {
        CompletableFuture<Integer> read = readOnAnotherThread();
        assertThat(stream.abandonIfIdleSince(-1)).isFalse();
        written.countDown();
        assertThat(read.get(Patience.SECONDS, TimeUnit.SECONDS)).isEqualTo((int) 'x');
    }
}
