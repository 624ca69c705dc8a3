package dev.oriel.stress;

import static dev.oriel.testing.client.RawWebSocket.CLOSE;
import static dev.oriel.testing.client.RawWebSocket.PING;
import static dev.oriel.testing.client.RawWebSocket.PONG;

import dev.oriel.message.Json;
import dev.oriel.testing.claude.InstantClaude;
import dev.oriel.testing.client.RawWebSocket;
import dev.oriel.testing.client.RawWebSocket.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends mutated frames to each dialect of a server process, and checks that the server is as
/// before. `BENCHMARKS.md` has the command.
public final class FrameFuzzRun {
    private static final int CLIENTS = 4;
    private static final int FRAMES_A_CONNECTION = 60;

    /// Sessions that clients created stay, and so do a few objects that are created once. The
    /// frames themselves would be many times as large.
    private static final long KIB_A_SESSION = 16;

    private static final long KIB_ONCE = 8 * 1024;

    /// A thousand prompts may wait, and the fake CLI is a shell script.
    private static final int MOST_SECONDS = 400;

    private final StressServer server;
    private final int frames;
    private final long seed;

    private FrameFuzzRun(StressServer server, int frames, long seed) {
        this.server = server;
        this.frames = frames;
        this.seed = seed;
    }

    /// @param args frames for each dialect, seed, names of dialects (all)
    public static void main(String[] args) throws Exception {
        int frames = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 7;
        List<DialectScenario> wires = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            wires.add(DialectScenario.valueOf(args[i]));
        }
        Path folder = Files.createTempDirectory("oriel-frames");
        try (StressServer server =
                StressServer.start(folder, InstantClaude.in(folder, 3), 192, "--idle-timeout=5s")) {
            for (DialectScenario each : DialectScenario.values()) {
                each.converse(server);
            }
            for (DialectScenario each :
                    wires.isEmpty() ? List.of(DialectScenario.values()) : wires) {
                new FrameFuzzRun(server, frames, seed).run(each);
            }
            for (DialectScenario each : DialectScenario.values()) {
                each.converse(server);
            }
            server.assertSound();
            System.out.printf(
                    "no error in the log, %d warnings%n",
                    ProcessUsage.lines(folder.resolve("log"), " warn "));
        }
    }

    private void run(DialectScenario wire) throws Exception {
        // A fifth first, which also creates what is created once.
        Sent warm = send(wire, frames / 5, seed);
        server.awaitQuiet(MOST_SECONDS);
        ProcessUsage before = server.vitals();
        int sessions = sessions();
        Sent rest = send(wire, frames - warm.frames, seed + 1);
        server.awaitQuiet(MOST_SECONDS);
        try {
            wire.converse(server);
        } catch (AssertionError e) {
            throw new StressFailure(
                    e.getMessage() + "; " + server.exchange("GET", "/v1/sessions", ""));
        }
        server.awaitQuiet(MOST_SECONDS);
        ProcessUsage after = server.vitals();
        int made = sessions() - sessions;
        server.assertSound();
        System.out.printf(
                "%s: %,d frames, %,d MB, %,d connections, of which the server ended %,d; %d"
                        + " sessions made%n  before %s%n  after  %s%n",
                wire,
                warm.frames + rest.frames,
                (warm.bytes + rest.bytes) / 1_000_000,
                warm.connections + rest.connections,
                warm.ended + rest.ended,
                made,
                before,
                after);
        if (after.heapKiB() - before.heapKiB() > KIB_ONCE + made * KIB_A_SESSION
                || after.threads() > before.threads() + 8
                || after.virtualThreads() > before.virtualThreads() + 8
                || after.files() > before.files() + 8) {
            throw new StressFailure("something was kept");
        }
    }

    private int sessions() throws IOException {
        String reply = server.exchange("GET", "/v1/sessions", "");
        return Json.mapper()
                .readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4))
                .path("sessions")
                .size();
    }

    private record Sent(int frames, long bytes, int connections, int ended) {}

    private Sent send(DialectScenario wire, int count, long from) throws Exception {
        var left = new AtomicInteger(count);
        var bytes = new AtomicLong();
        var connections = new AtomicInteger();
        var ended = new AtomicInteger();
        // A relay has one client at a time and refuses more.
        int clients = wire == DialectScenario.RELAY ? 1 : CLIENTS;
        UUID session = server.newSession();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                long own = from * 100 + c;
                all.add(
                        threads.submit(() -> {
                            var mutated = new MutatedFrames(own, wire.validFrames());
                            var random = new Random(own);
                            while (left.get() > 0) {
                                connections.incrementAndGet();
                                if (!connection(wire, session, mutated, random, left, bytes)) {
                                    ended.incrementAndGet();
                                }
                            }
                            return null;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        return new Sent(count - left.get(), bytes.get(), connections.get(), ended.get());
    }

    /// @return whether the connection was still open at the end
    private boolean connection(
            DialectScenario wire,
            UUID session,
            MutatedFrames mutated,
            Random random,
            AtomicInteger left,
            AtomicLong bytes)
            throws IOException, InterruptedException {
        try (var client =
                RawWebSocket.connect(server.port(), wire.path(server, session), server.bearer())) {
            if (!client.responseHead().startsWith("HTTP/1.1 101 ")) {
                throw new StressFailure("not upgraded: " + client.responseHead());
            }
            var reader = new Reader(client);
            // One client in ten reads nothing while it sends.
            boolean deaf = random.nextInt(10) == 0;
            Thread reading = deaf ? null : Thread.ofVirtual().start(reader);
            for (int i = 0; i < FRAMES_A_CONNECTION && !reader.ended; i++) {
                byte[] next = mutated.next();
                if (!client.trySend(next)) {
                    break;
                }
                left.decrementAndGet();
                bytes.addAndGet(next.length);
            }
            if (deaf) {
                return true;
            }
            boolean open = !reader.ended;
            switch (random.nextInt(3)) {
                case 0 -> reader.awaitPong();
                case 1 ->
                        client.trySend(RawWebSocket.frame(CLOSE, true, true, new byte[] {3, -24}));
                default -> {
                    // Disconnects without a close frame.
                }
            }
            if (random.nextBoolean()) {
                end(client);
            }
            client.socket().close();
            if (reading != null) {
                reading.join();
            }
            return open;
        }
    }

    private static void end(RawWebSocket client) {
        try {
            client.socket().shutdownOutput();
        } catch (IOException e) {
            // Closed before.
        }
    }

    /// Reads what the server sends, until the end.
    private static final class Reader implements Runnable {
        private static final byte[] LAST = "last".getBytes(StandardCharsets.US_ASCII);
        private static final long PATIENCE_NANOS = 3_000_000_000L;

        private final RawWebSocket client;
        private volatile boolean ended;
        private boolean ponged; // guarded by this

        Reader(RawWebSocket client) {
            this.client = client;
        }

        @Override
        public void run() {
            try {
                @Nullable Frame next;
                while ((next = client.read()) != null && next.opcode() != CLOSE) {
                    if (next.opcode() == PONG && java.util.Arrays.equals(next.payload(), LAST)) {
                        synchronized (this) {
                            ponged = true;
                            notifyAll();
                        }
                    }
                }
            } catch (UncheckedIOException e) {
                // Closed by either side.
            }
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }

        /// Waits until the server has handled all frames, or has closed the connection. If the last
        /// frame is incomplete, the server reads the ping as a part of it, and this method times
        /// out.
        synchronized void awaitPong() throws InterruptedException {
            client.trySend(RawWebSocket.frame(PING, true, true, LAST));
            long until = System.nanoTime() + PATIENCE_NANOS;
            long millis;
            while (!ponged && !ended && (millis = (until - System.nanoTime()) / 1_000_000) > 0) {
                wait(millis);
            }
        }
    }
}
