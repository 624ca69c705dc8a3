package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the lines of a large file are: how many line ends come before each block of it. A line is
/// then found in its block. Immutable.
final class LineIndex {
    /// The line ends of each block of so many bytes are counted.
    private static final int BLOCK = 64 * 1024;

    /// Blocks that a thread reads at once.
    private static final int PART = 16;

    private static final int MAX_THREADS = 8;

    private static final long LINE_ENDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long EVEN_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long ONES = 0x0101_0101_0101_0101L;

    /// The bytes of a word count up to 255.
    private static final int MAX_SUM = 255;

    private final long size;
    private final long[] before; // line ends before each block, and at the end all

    private LineIndex(long size, long[] before) {
        this.size = size;
        this.before = before;
    }

    /// Counts the line ends of a file on several threads; blocks until that is done.
    ///
    /// @param size bytes that are read; what a shorter file does not have contains no line ends
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    static LineIndex of(FileChannel channel, long size, CancelScope cancel) throws IOException {
        int blocks = Math.toIntExact((size + BLOCK - 1) / BLOCK);
        long[] counts = new long[blocks + 1];
        AtomicInteger next = new AtomicInteger();
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
        List<FutureTask<Boolean>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, blocks / PART); i++) {
            var task = new FutureTask<>(() -> count(channel, next, counts, cancel));
            Thread.ofPlatform().daemon().name("line-count-" + i).start(task);
            others.add(task);
        }
        try {
            count(channel, next, counts, cancel);
        } finally {
            next.set(blocks); // after a failure the others end, too
        }
        for (FutureTask<Boolean> task : others) {
            await(task);
        }
        long sum = 0;
        for (int i = 0; i <= blocks; i++) {
            long count = counts[i];
            counts[i] = sum;
            sum += count;
        }
        return new LineIndex(size, counts);
    }

    private static void await(FutureTask<Boolean> task) throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IOException("the file cannot be read", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// Counts until no block is left.
    private static boolean count(
            FileChannel channel, AtomicInteger next, long[] counts, CancelScope cancel)
            throws IOException {
        long[] words = new long[BLOCK / Long.BYTES];
        try (Arena arena = Arena.ofConfined()) { // a heap buffer would be copied once more
            ByteBuffer part =
                    arena.allocate((long) PART * BLOCK)
                            .asByteBuffer()
                            .order(ByteOrder.nativeOrder());
            for (int first = next.getAndAdd(PART);
                    first < counts.length - 1;
                    first = next.getAndAdd(PART)) {
                cancel.check();
                fill(channel, (long) first * BLOCK, part.clear());
                int length = part.flip().limit();
                for (int i = 0; i * BLOCK < length; i++) {
                    int bytes = Math.min(BLOCK, length - i * BLOCK);
                    counts[first + i] = count(part.position(i * BLOCK), bytes, words);
                }
            }
        }
        return true;
    }

    private static void fill(FileChannel channel, long from, ByteBuffer part) throws IOException {
        while (part.hasRemaining() && channel.read(part, from + part.position()) > 0) {}
    }

    private static long count(ByteBuffer part, int bytes, long[] words) {
        int whole = bytes / Long.BYTES;
        part.asLongBuffer().get(words, 0, whole);
        long count = count(words, whole);
        for (int i = whole * Long.BYTES; i < bytes; i++) {
            count += part.get(part.position() + i) == '\n' ? 1 : 0;
        }
        return count;
    }

    /// Counts the line ends of eight bytes at once.
    private static long count(long[] words, int length) {
        long others = 0;
        for (int from = 0; from < length; from += MAX_SUM) {
            int to = Math.min(length, from + MAX_SUM);
            long sums = 0; // of each byte: those that are not a line end
            for (int i = from; i < to; i++) {
                long difference = words[i] ^ LINE_ENDS;
                sums += ((((difference & LOW_BITS) + LOW_BITS) | difference) >>> 7) & ONES;
            }
            long pairs = (sums & EVEN_BYTES) + ((sums >>> 8) & EVEN_BYTES);
            others += (pairs * 0x0001_0001_0001_0001L) >>> 48;
        }
        return (long) length * Long.BYTES - others;
    }

    /// A line end at the end of the file begins another line.
    long lineCount() {
        return before[before.length - 1] + 1;
    }

    /// The position of a line.
    ///
    /// @param channel of the same file
    /// @param line from 0, less than the number of lines
    long position(FileChannel channel, long line) throws IOException {
        if (line == 0) {
            return 0;
        }
        int found = Arrays.binarySearch(before, line);
        int block = found < 0 ? -found - 2 : found - 1;
        while (before[block] >= line) { // several blocks may have the same number
            block--;
        }
        long skip = line - before[block];
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        long start = (long) block * BLOCK;
        fill(channel, start, buffer);
        byte[] bytes = buffer.array();
        for (int i = 0; i < buffer.position(); i++) {
            if (bytes[i] == '\n' && --skip == 0) {
                return Math.min(size, start + i + 1);
            }
        }
        throw new IOException("the file has changed");
    }
}
