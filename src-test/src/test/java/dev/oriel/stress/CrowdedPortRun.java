package dev.oriel.stress;

import dev.oriel.testing.claude.InstantClaude;
import dev.oriel.testing.client.NativeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures an authenticated client alone and together with 700 connections before login, in turns
/// in the same run. `BENCHMARKS.md` has the command.
public final class CrowdedPortRun {
    private static final int STRANGERS = 700;
    private static final int REQUESTS = 1_000;
    private static final String UPGRADE =
            """
            GET /v1/feed HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            """;

    private final StressServer server;

    private CrowdedPortRun(StressServer server) {
        this.server = server;
    }

    /// @param args rounds, new unauthenticated connections per second
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int anew = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        Path folder = Files.createTempDirectory("oriel-crowded");
        try (StressServer server = StressServer.start(folder, InstantClaude.in(folder, 3), 192)) {
            var run = new CrowdedPortRun(server);
            run.measure();
            run.measure(); // warms up
            run.compare("700 that stay as they are", rounds, 0);
            run.compare("700, of which those that were closed come again", rounds, anew);
            server.assertSound();
        }
    }

    private record Times(Histogram http, Histogram socket) {
        Times() {
            this(new Histogram(3), new Histogram(3));
        }

        void add(Times more) {
            http.add(more.http);
            socket.add(more.socket);
        }

        @Override
        public String toString() {
            return "GET %d / %d µs, socket %d / %d µs"
                    .formatted(p(http, 50), p(http, 99), p(socket, 50), p(socket, 99));
        }
    }

    private static long p(Histogram h, double percentile) {
        return h.getValueAtPercentile(percentile) / 1_000;
    }

    private void compare(String name, int rounds, int anew) throws Exception {
        List<double[]> ratios = new ArrayList<>();
        var allAlone = new Times();
        var allBeside = new Times();
        long opened = 0;
        for (int round = 1; round <= rounds; round++) {
            // Alternates which one is first, so that a computer that gets slower favours neither.
            Times alone = round % 2 == 0 ? measure() : null;
            Times beside;
            try (var crowd = new Crowd(server.port(), anew)) {
                beside = measure();
                opened += crowd.opened.get();
            }
            server.awaitQuiet(60);
            if (alone == null) {
                alone = measure();
            }
            System.out.printf("%s, round %d: alone %s; beside %s%n", name, round, alone, beside);
            allAlone.add(alone);
            allBeside.add(beside);
            ratios.add(
                    new double[] {
                        ratio(beside.http, alone.http, 50),
                        ratio(beside.http, alone.http, 99),
                        ratio(beside.socket, alone.socket, 50),
                        ratio(beside.socket, alone.socket, 99)
                    });
        }
        System.out.printf(
                "%s, all rounds together: alone %s; beside %s; %d connections were opened%n",
                name, allAlone, allBeside, opened);
        String[] what = {"GET p50", "GET p99", "socket p50", "socket p99"};
        for (int i = 0; i < what.length; i++) {
            int n = i;
            double[] sorted = ratios.stream().mapToDouble(r -> r[n]).sorted().toArray();
            System.out.printf(
                    "%s, %s, beside / alone: least %.2f, median %.2f, most %.2f%n",
                    name, what[i], sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }

    private static double ratio(Histogram a, Histogram b, double percentile) {
        return a.getValueAtPercentile(percentile) / (double) b.getValueAtPercentile(percentile);
    }

    /// What an authenticated client does: requests, each on its own connection, and round trips on
    /// an open socket.
    private Times measure() throws IOException {
        var times = new Times();
        for (int i = 0; i < REQUESTS; i++) {
            long start = System.nanoTime();
            String reply = server.exchange("GET", "/v1/sessions", "");
            times.http.recordValue(System.nanoTime() - start);
            if (!reply.startsWith("HTTP/1.1 200 ")) {
                throw new StressFailure(
                        "not answered: " + reply.lines().findFirst().orElse("nothing"));
            }
        }
        UUID session = server.newSession();
        try (var client = RecordingSubscriber.of(server.process(), session)) {
            for (int i = 1; i <= REQUESTS; i++) {
                long start = System.nanoTime();
                times.socket.recordValue(client.roundTrip(i) - start);
            }
        }
        try (NativeClient client = DialectScenario.NATIVE.connect(server, session)) {
            client.sendPrompt("still there?");
            client.await("result");
        }
        server.exchange("DELETE", "/v1/sessions/" + session, "");
        return times;
    }

    /// Connections without a token: silent, slow and upgraded ones.
    private static final class Crowd implements AutoCloseable {
        private final int port;
        private final int anew;
        private final @Nullable SocketChannel[] all = new SocketChannel[STRANGERS];
        private final int[] sent = new int[STRANGERS];
        private final Thread slow;
        private volatile boolean over;
        private final AtomicInteger opened = new AtomicInteger();

        Crowd(int port, int anew) throws IOException {
            this.port = port;
            this.anew = anew;
            for (int i = 0; i < STRANGERS; i++) {
                open(i);
            }
            this.slow = Thread.ofPlatform().start(this::goOn);
        }

        private void open(int i) throws IOException {
            SocketChannel one =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            one.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (i % 4 == 2) {
                one.write(ascii(UPGRADE)); // half of an upgrade
            } else if (i % 4 == 3) {
                one.write(ascii(UPGRADE + "\r\n")); // then no login
            }
            one.configureBlocking(false);
            all[i] = one;
            sent[i] = 0;
            opened.incrementAndGet();
        }

        private static ByteBuffer ascii(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }

        /// Every tenth of a second: sends a byte on each slow connection, and replaces some of the
        /// closed ones.
        private void goOn() {
            try {
                while (!over) {
                    int left = anew / 10;
                    for (int i = 0; i < STRANGERS; i++) {
                        SocketChannel one = all[i];
                        if (one == null || !isOpen(i, one)) {
                            if (left > 0) {
                                left--;
                                open(i);
                            }
                        }
                    }
                    Thread.sleep(100);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean isOpen(int i, SocketChannel one) throws IOException {
            try {
                if (i % 4 == 1) {
                    int at = sent[i]++ % UPGRADE.length();
                    one.write(ascii(UPGRADE.substring(at, at + 1)));
                }
                if (one.read(ByteBuffer.allocate(512)) >= 0) {
                    return true;
                }
            } catch (IOException e) {
                // Closed by the server.
            }
            one.close();
            all[i] = null;
            return false;
        }

        @Override
        public void close() throws IOException {
            over = true;
            try {
                slow.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (SocketChannel each : all) {
                if (each != null) {
                    each.close();
                }
            }
        }
    }
}
