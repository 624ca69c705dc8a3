package dev.oriel.bench.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.file.FileTools;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Measures the tool Read in the middle of a large log: when the file was not read before, and
/// again. Beside it, the file is read without looking at it, and the lines alone are read from
/// their known position. `BENCHMARKS.md` has the command.
public final class ReadMiddleBench {
    private static final int LINES = 500;

    private final Path file;
    private final long lines;
    private final long middle; // position of the first line that is read

    private ReadMiddleBench(Path file, long lines, long middle) {
        this.file = file;
        this.lines = lines;
        this.middle = middle;
    }

    /// @param args the size in MB, rounds
    public static void main(String[] args) throws Exception {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
        try (SampleTree folder = SampleTree.of(0, 0)) {
            ReadMiddleBench bench = fill(folder.root.resolve("server.log"), size * 1_000_000L);
            RecordedCalls calls = new RecordedCalls(folder.root, folder.root);
            Tool again = read();
            new Rounds(size + " MB")
                    .add("the whole file into a buffer", bench::readAll)
                    .add("Read, never read before", () -> bench.call(calls, read()))
                    .run(rounds);
            new Rounds(size + " MB")
                    .add("the lines from their position", bench::readLines)
                    .add("Read again", () -> bench.call(calls, again))
                    .run(rounds);
        }
    }

    private static Tool read() {
        return FileTools.all().stream()
                .filter(t -> t.name().equals("Read"))
                .findFirst()
                .orElseThrow();
    }

    private static ReadMiddleBench fill(Path file, long size) throws IOException {
        long count = 0;
        long middle = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long at = 0;
            while (at < size) {
                byte[] line = line(count).getBytes(StandardCharsets.US_ASCII);
                out.write(line);
                at += line.length;
                count++;
                if (at < size / 2) {
                    middle = count;
                }
            }
        }
        return new ReadMiddleBench(file, count, middle);
    }

    private static String line(long n) {
        return "2026-11-28T10:00:00.123Z INFO  [worker-"
                + n % 16
                + "] dev.example.Service - request "
                + n
                + " took "
                + n % 977
                + " ms"
                + " and more".repeat((int) (n % 7))
                + "\n";
    }

    private void call(RecordedCalls calls, Tool tool) throws InterruptedException {
        ObjectNode input =
                Json.object()
                        .put("file_path", file.toString())
                        .put("offset", middle + 1)
                        .put("limit", LINES);
        ToolOutcome outcome = calls.call(tool, input);
        String text = outcome.content().asText();
        if (!text.startsWith((middle + 1) + "\t" + line(middle))
                || outcome.structured().path("file").path("totalLines").asLong() != lines + 1) {
            throw new IllegalStateException(text.substring(0, Math.min(200, text.length())));
        }
    }

    private void readAll() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
    }

    private void readLines() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LINES * 110);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(buffer, channel.size() / 2);
        }
        if (new String(buffer.array(), StandardCharsets.UTF_8).lines().count() < 2) {
            throw new IllegalStateException("no lines");
        }
    }
}
