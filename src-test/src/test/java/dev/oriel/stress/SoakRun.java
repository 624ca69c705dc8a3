package dev.oriel.stress;

import dev.oriel.message.Json;
import dev.oriel.testing.claude.StreamingClaude;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.client.RawWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Clients of all dialects connect, send prompts, interrupt and disconnect for minutes, together
/// with one that reads nothing and others without a token. Every two minutes all disconnect, and
/// the resources of the server are recorded. `BENCHMARKS.md` has the command.
public final class SoakRun {
    private static final int EVERY_MINUTES = 2;

    /// Memory that a stored session may use, and that is used once.
    private static final long KIB_A_SESSION = 8;

    private static final long KIB_ONCE = 4 * 1024;

    private final StressServer server;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger visits = new AtomicInteger();

    /// A visit holds the read lock; the measurement, which needs the server alone, holds the write
    /// lock.
    private final ReadWriteLock door = new ReentrantReadWriteLock(true);

    private SoakRun(StressServer server) {
        this.server = server;
    }

    /// @param args minutes, seed
    public static void main(String[] args) throws Exception {
        int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 7;
        Path folder = Files.createTempDirectory("oriel-soak");
        Path cli = StreamingClaude.in(folder.resolve("cli"), 2, 10, "0.02");
        try (StressServer server =
                StressServer.start(folder, cli, 192, "--idle-timeout=10s", "--max-sessions=10")) {
            new SoakRun(server).run(minutes, seed);
        }
    }

    private interface Visit {
        void by(Random random) throws Exception;
    }

    private void run(int minutes, long seed) throws Exception {
        List<Visit> visits =
                List.of(
                        this::nativeTalk,
                        this::nativeTalk,
                        this::nativeInterrupt,
                        this::deafReader,
                        this::strangers,
                        _ -> DialectScenario.ENHANCED.converse(server),
                        this::enhancedLeaver,
                        _ -> DialectScenario.ONESHOT.converse(server),
                        _ -> DialectScenario.RELAY.converse(server),
                        _ -> DialectScenario.MANAGER.converse(server),
                        this::requests);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < visits.size(); i++) {
                Visit visit = visits.get(i);
                var random = new Random(seed + i);
                all.add(threads.submit(() -> visitAgainAndAgain(visit, random)));
            }
            try {
                look(minutes, all);
            } finally {
                over.set(true);
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private Void visitAgainAndAgain(Visit visit, Random random) throws Exception {
        while (!over.get()) {
            door.readLock().lock();
            try {
                visit.by(random);
                visits.incrementAndGet();
            } finally {
                door.readLock().unlock();
            }
            Thread.sleep(random.nextInt(300));
        }
        return null;
    }

    private void look(int minutes, List<Future<?>> all) throws Exception {
        long start = System.nanoTime();
        ProcessUsage first = null;
        long firstSessions = 0;
        for (int minute = EVERY_MINUTES; minute <= minutes; minute += EVERY_MINUTES) {
            while (System.nanoTime() - start < minute * 60_000_000_000L) {
                for (Future<?> each : all) {
                    if (each.isDone()) {
                        each.get(); // throws the exception that ended it
                    }
                }
                Thread.sleep(200);
            }
            door.writeLock().lock();
            try {
                server.awaitQuiet(60);
                ProcessUsage now = server.vitals();
                long sessions = sessions();
                System.out.printf(
                        "minute %d: %d visits so far, %d sessions kept; %s%n",
                        minute, visits.get(), sessions, now);
                server.assertSound();
                if (first == null) {
                    first = now;
                    firstSessions = sessions;
                }
                long room = KIB_ONCE + (sessions - firstSessions) * KIB_A_SESSION;
                if (now.heapKiB() - first.heapKiB() > room
                        || now.threads() > first.threads() + 8
                        || now.virtualThreads() > first.virtualThreads() + 8
                        || now.files() > first.files() + 8) {
                    throw new StressFailure("more is held than at first: " + first);
                }
            } finally {
                door.writeLock().unlock();
            }
        }
        System.out.printf(
                "no error in the log, %d warnings%n",
                ProcessUsage.lines(server.folder().resolve("log"), " warn "));
    }

    private long sessions() throws IOException {
        String reply = server.exchange("GET", "/v1/sessions", "");
        return Json.mapper()
                .readTree(reply.substring(reply.indexOf("\r\n\r\n") + 4))
                .path("sessions")
                .size();
    }

    /// Two clients of one session; the second connects in the middle of the answer.
    private void nativeTalk(Random random) throws IOException {
        UUID session = server.newSession();
        try (NativeClient client = DialectScenario.NATIVE.connect(server, session)) {
            for (int i = 0; i <= random.nextInt(3); i++) {
                client.sendPrompt("go");
            }
            client.await("stream_event");
            try (NativeClient second = DialectScenario.NATIVE.connect(server, session)) {
                second.await("result");
            }
        }
        server.exchange("DELETE", "/v1/sessions/" + session, "");
    }

    private void nativeInterrupt(Random random) throws IOException {
        UUID session = server.newSession();
        try (NativeClient client = DialectScenario.NATIVE.connect(server, session)) {
            client.sendPrompt("go");
            client.await("stream_event");
            client.sendRequest("interrupt", Map.of("cancel_queued", random.nextBoolean()));
            client.await("result");
            client.awaitState("idle");
            client.sendPrompt("go on");
            client.awaitState("running");
        }
        server.exchange("DELETE", "/v1/sessions/" + session, "");
    }

    /// Reads nothing of an answer that another client reads to its end.
    private void deafReader(Random random) throws IOException {
        UUID session = server.newSession();
        String path = DialectScenario.NATIVE.path(server, session) + "?after=0";
        try (var deaf = RawWebSocket.connect(server.port(), path, server.bearer());
                NativeClient client = DialectScenario.NATIVE.connect(server, session)) {
            deaf.socket().setReceiveBufferSize(4 * 1024);
            client.sendPrompt("x".repeat(100_000 + random.nextInt(100_000)));
            client.sendPrompt("y".repeat(100_000));
            client.await("result");
            client.awaitState("idle");
        }
        server.exchange("DELETE", "/v1/sessions/" + session, "");
    }

    private void strangers(Random random) {
        List<AutoCloseable> strangers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            switch (random.nextInt(4)) {
                case 0 -> strangers.add(RawClient.connect(server.port()));
                case 1 ->
                        strangers.add(
                                RawClient.connect(server.port())
                                        .send("GET /health HTTP/1.1\r\nHo"));
                case 2 -> strangers.add(RawWebSocket.connect(server.port(), "/v1/feed"));
                default -> {
                    var one = RawWebSocket.connect(server.port(), "/enhanced/ws");
                    one.sendText("{\"type\":\"query\",\"prompt\":\"let me in\"}");
                    strangers.add(one);
                }
            }
        }
        for (AutoCloseable each : strangers) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Disconnects in the middle of its query.
    private void enhancedLeaver(Random random) throws IOException {
        try (NativeClient client = DialectScenario.ENHANCED.connect(server, null)) {
            client.await("connection_established");
            client.send("{\"type\":\"query\",\"prompt\":\"go\"}");
            client.await("query_start");
            if (random.nextBoolean()) {
                client.send("{\"type\":\"interrupt\"}");
                client.await("interrupt_acknowledged");
            }
        }
    }

    private void requests(Random random) {
        String path =
                List.of("/v1/sessions", "/health", "/metrics", "/v1/search?q=go", "/v1/agents")
                        .get(random.nextInt(5));
        String reply;
        try {
            reply = server.exchange("GET", path, "");
        } catch (UncheckedIOException e) {
            throw new StressFailure(path + ": " + e.getMessage());
        }
        if (!reply.startsWith("HTTP/1.1 200 ")) {
            throw new StressFailure(path + ": " + reply.lines().findFirst().orElse("nothing"));
        }
    }
}
