package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.await.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The lines on standard error of a process.
@Timeout(30)
class StderrTailTest {
    private static final Duration PATIENCE = Patience.LIMIT;

    private final List<String> received = new CopyOnWriteArrayList<>();

    private List<String> lines(String text) {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new StderrTail(in, "stderr", received::addAll).awaitLines(PATIENCE);
    }

    @Test
    void linesArePassedOnAndKept() {
        assertThat(lines("one\ntwo\n\n  \nthree")).containsExactly("one", "two", "three");
        assertThat(received).containsExactly("one", "two", "three");
    }

    @Test
    void coloursAndControlCharactersAreRemoved() {
        assertThat(lines("\u001B[31mred\u001B[0m\ta\u0007b\r\n")).containsExactly("redab");
    }

    @Test
    void theLastTwentyLinesAreKept() {
        assertThat(lines("x\n".repeat(30) + "last\n")).hasSize(20).last().isEqualTo("last");
        assertThat(received).hasSize(31);
    }

    @Test
    void aLongLineIsCut() {
        assertThat(lines("x".repeat(5_000)).getFirst()).hasSize(2_000);
    }

    @Test
    void aPipeThatStaysOpenIsNotAwaitedForEver() throws IOException {
        try (var end = new PipedOutputStream();
                var stderr = new PipedInputStream(end)) {
            var tail = new StderrTail(stderr, "stderr", received::addAll);
            assertThat(tail.awaitLines(Duration.ofMillis(1))).isEmpty();
        }
    }
}
