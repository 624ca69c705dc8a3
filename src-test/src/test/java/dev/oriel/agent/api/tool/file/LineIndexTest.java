package dev.oriel.agent.api.tool.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineIndexTest {
    private static final int BLOCK = 64 * 1024;

    @TempDir private Path temp;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100})
    void eachLineIsWhereAScanFindsIt(int meanLength) throws Exception {
        Random random = new Random(meanLength);
        for (int size : new int[] {1, 7, BLOCK - 1, BLOCK, BLOCK + 9, 3 * (1 << 20) + 5}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            for (int i = 0; i < size; i++) {
                if (meanLength == 0 || random.nextInt(meanLength) == 0) {
                    bytes[i] = '\n';
                } else if (random.nextInt(4) == 0) {
                    bytes[i] = (byte) (random.nextBoolean() ? 0x0b : 0x8a); // one bit differs
                }
            }
            check(bytes, random);
        }
    }

    @Test
    void blocksWithoutALineEndAreSkipped() throws Exception {
        byte[] bytes = new byte[40 * BLOCK];
        for (int at : new int[] {0, 5 * BLOCK - 1, 20 * BLOCK, 39 * BLOCK + 3}) {
            bytes[at] = '\n';
        }
        check(bytes, new Random(1));
    }

    private void check(byte[] bytes, Random random) throws IOException {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                starts.add(i + 1);
            }
        }
        Path file = Files.write(temp.resolve("lines"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            LineIndex index = LineIndex.of(channel, bytes.length, new CancelScope());
            assertThat(index.lineCount()).isEqualTo(starts.size());
            for (int i = 0; i < 200; i++) {
                int line = i < 2 ? i * (starts.size() - 1) / 2 : random.nextInt(starts.size());
                assertThat(index.position(channel, line)).isEqualTo(starts.get(line).longValue());
            }
            int last = starts.size() - 1;
            assertThat(index.position(channel, last)).isEqualTo(starts.get(last).longValue());
        }
    }

    @Test
    void aFileThatBecameShorterIsNotReadPastItsEnd() throws Exception {
        Path file =
                Files.write(
                        temp.resolve("lines"),
                        "a\nb\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(file)) {
            LineIndex index = LineIndex.of(channel, 1_000_000, new CancelScope());
            assertThat(index.lineCount()).isEqualTo(200_001);
            Files.write(file, new byte[10]);
            assertThatThrownBy(() -> index.position(channel, 150_000))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCancelledCountEnds() throws Exception {
        Path file = temp.resolve("lines");
        try (FileChannel channel = FileChannel.open(Files.createFile(file))) {
            CancelScope cancel = new CancelScope();
            cancel.cancel();
            assertThatThrownBy(() -> LineIndex.of(channel, 1, cancel))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aFileThatCannotBeReadFails() throws Exception {
        Path file = Files.write(temp.resolve("lines"), new byte[4 << 20]);
        FileChannel channel = FileChannel.open(file);
        channel.close();
        assertThatThrownBy(() -> LineIndex.of(channel, 4 << 20, new CancelScope()))
                .isInstanceOf(IOException.class);
    }
}
