package dev.oriel.stress;

import dev.oriel.testing.claude.InstantClaude;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends HTTP requests of every kind, complete and incomplete, from eight threads to a server
/// process. Every complete one must get a complete reply, and the port must be as before.
/// `BENCHMARKS.md` has the command.
public final class RequestFuzzRun {
    private static final int THREADS = 8;
    private static final int PATIENCE_MILLIS = 30_000;

    private final StressServer server;
    private final Map<String, AtomicInteger> outcomes = new ConcurrentSkipListMap<>();

    private RequestFuzzRun(StressServer server) {
        this.server = server;
    }

    /// @param args requests, seed
    public static void main(String[] args) throws Exception {
        int requests = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 7;
        Path folder = Files.createTempDirectory("oriel-requests");
        try (StressServer server =
                StressServer.start(folder, InstantClaude.in(folder, 3), 192, "--idle-timeout=5s")) {
            var run = new RequestFuzzRun(server);
            run.send(requests / 10, seed);
            run.outcomes.clear();
            server.awaitQuiet(60);
            ProcessUsage before = server.vitals();
            long start = System.nanoTime();
            run.send(requests, seed + 1);
            double seconds = (System.nanoTime() - start) / 1e9;
            server.awaitQuiet(60);
            for (DialectScenario each : DialectScenario.values()) {
                each.converse(server);
            }
            server.awaitQuiet(60);
            ProcessUsage after = server.vitals();
            System.out.printf(
                    "%,d requests in %.1f s%n  before %s%n  after  %s%n",
                    requests, seconds, before, after);
            new TreeMap<>(run.outcomes)
                    .forEach((what, count) -> System.out.printf("  %6d  %s%n", count.get(), what));
            server.assertSound();
            if (run.outcomes.keySet().stream().anyMatch(k -> k.startsWith("WRONG"))) {
                throw new StressFailure("whole requests without their answer");
            }
        }
    }

    private void send(int requests, long seed) throws Exception {
        var left = new AtomicInteger(requests);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                var random = new Random(seed * 100 + t);
                all.add(
                        threads.submit(() -> {
                            while (left.getAndDecrement() > 0) {
                                String outcome = one(random);
                                outcomes.computeIfAbsent(outcome, _ -> new AtomicInteger())
                                        .incrementAndGet();
                            }
                            return null;
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    /// Valid requests, with the status of their replies with and without the token.
    private enum Route {
        HEALTH("GET", "/health", "", 200, 200),
        SESSIONS("GET", "/v1/sessions", "", 200, 401),
        NOBODY("GET", "/v1/sessions/00000000-0000-4000-8000-000000000000", "", 404, 401),
        WRONG_METHOD("PUT", "/v1/sessions", "", 405, 401),
        BAD_BODY("POST", "/v1/sessions", "{\"cwd\":", 400, 401),
        BAD_FOLDER("POST", "/v1/sessions", "{\"cwd\":\"/no/such/folder\"}", 400, 401),
        SEARCH("GET", "/v1/search?q=x", "", 200, 401),
        METRICS("GET", "/metrics", "", 200, 401),
        CONFIG("GET", "/relay/config", "", 200, 401);

        final String method;
        final String path;
        final String body;
        final int status;
        final int withoutToken;

        Route(String method, String path, String body, int status, int withoutToken) {
            this.method = method;
            this.path = path;
            this.body = body;
            this.status = status;
            this.withoutToken = withoutToken;
        }

        byte[] request(String token) {
            return "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s"
                    .formatted(
                            method,
                            path,
                            token.isEmpty() ? "" : token + "\r\n",
                            body.length(),
                            body)
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private String one(Random random) throws IOException {
        Route route = Route.values()[random.nextInt(Route.values().length)];
        boolean token = random.nextBoolean();
        byte[] request = route.request(token ? server.bearer() : "");
        int due = token ? route.status : route.withoutToken;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return switch (random.nextInt(8)) {
                case 0, 1 -> "in one write, " + whole(socket, request, due);
                case 2 -> {
                    socket.getOutputStream().write(request);
                    socket.shutdownOutput();
                    yield "half-closed, " + answer(socket, due);
                }
                case 3 -> "byte by byte, " + byteByByte(socket, request, due);
                case 4 -> "pipelined, " + whole(socket, times(request, 2 + random.nextInt(3)), due);
                case 5 -> aborted(socket, request, random);
                case 6 -> "bad head, " + bad(socket, request, random);
                default -> "cut off, " + cut(socket, request, random);
            };
        }
    }

    private static String whole(Socket socket, byte[] request, int due) throws IOException {
        socket.getOutputStream().write(request);
        return answer(socket, due);
    }

    private static String byteByByte(Socket socket, byte[] request, int due) throws IOException {
        for (byte each : request) {
            socket.getOutputStream().write(each);
        }
        return answer(socket, due);
    }

    private static byte[] times(byte[] request, int times) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(request);
        }
        return out.toByteArray();
    }

    /// Resets the connection before or after the end of the request.
    private static String aborted(Socket socket, byte[] request, Random random) throws IOException {
        int length = random.nextBoolean() ? request.length : random.nextInt(request.length);
        socket.getOutputStream().write(request, 0, length);
        socket.setSoLinger(true, 0);
        return "aborted";
    }

    private static String bad(Socket socket, byte[] request, Random random) throws IOException {
        byte[] bad = request.clone();
        switch (random.nextInt(5)) {
            case 0 -> random.nextBytes(bad);
            case 1 ->
                    bad =
                            text(request)
                                    .replace("Content-Length: ", "Content-Length: -")
                                    .getBytes(StandardCharsets.US_ASCII);
            case 2 ->
                    bad =
                            text(request)
                                    .replace("Host: localhost", "Host: evil.example")
                                    .getBytes(StandardCharsets.US_ASCII);
            case 3 ->
                    bad =
                            text(request)
                                    .replace("Host: ", "X: " + "y".repeat(20_000) + "\r\nHost: ")
                                    .getBytes(StandardCharsets.US_ASCII);
            default -> {
                for (int i = 0; i < 3; i++) {
                    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        try {
            socket.getOutputStream().write(bad);
            socket.shutdownOutput();
            return status(read(socket)).isEmpty() ? "ended" : "answered";
        } catch (SocketTimeoutException e) {
            return "WRONG: neither answered nor ended";
        } catch (IOException e) {
            return "reset";
        }
    }

    /// An incomplete request gets no reply, or an error.
    private static String cut(Socket socket, byte[] request, Random random) throws IOException {
        socket.getOutputStream().write(request, 0, random.nextInt(request.length));
        socket.shutdownOutput();
        try {
            return status(read(socket)).isEmpty() ? "ended" : "answered";
        } catch (SocketTimeoutException e) {
            return "WRONG: neither answered nor ended";
        } catch (IOException e) {
            return "reset";
        }
    }

    private static String text(byte[] request) {
        return new String(request, StandardCharsets.US_ASCII);
    }

    private static byte[] read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return in.readAllBytes();
    }

    private static String status(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        return text.startsWith("HTTP/1.1 ") ? text.substring(9, 12) : "";
    }

    private static String answer(Socket socket, int due) {
        byte[] answer;
        try {
            answer = read(socket);
        } catch (IOException e) {
            return "WRONG: " + e;
        }
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        if (!status(answer).equals(String.valueOf(due))) {
            return "WRONG: " + due + " was due, not " + text.lines().findFirst().orElse("nothing");
        }
        int end = text.indexOf("\r\n\r\n");
        int length =
                text.substring(0, end)
                        .lines()
                        .filter(l ->
                                l.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                        .map(l -> Integer.parseInt(l.substring(15).strip()))
                        .findFirst()
                        .orElse(-1);
        return length == answer.length - end - 4
                ? "answered"
                : "WRONG: " + length + " bytes were announced, not " + (answer.length - end - 4);
    }
}
