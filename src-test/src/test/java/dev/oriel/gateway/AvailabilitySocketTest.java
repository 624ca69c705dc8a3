package dev.oriel.gateway;

import static dev.oriel.testing.client.RawWebSocket.CONTINUATION;
import static dev.oriel.testing.client.RawWebSocket.PING;
import static dev.oriel.testing.client.RawWebSocket.PONG;
import static dev.oriel.testing.client.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.client.RawWebSocket;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No client, authenticated or not, stops the server for others.
@Timeout(120)
class AvailabilitySocketTest {
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int THREADS = 8;
    private static final int MANY = 700;
    private static final int MEBIBYTE = 1024 * 1024;

    /// The heap of these tests determines it.
    private static final long LARGEST = ServerLimits.defaults().maxFrame();

    @TempDir Path folder;
    private RunningServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() {
        server = RunningServer.in(folder, new ScriptedProvider());
    }

    private String bearer() {
        return "Authorization: Bearer " + server.server().token();
    }

    /// FAULTS.md, number 30.
    @Test
    void aClientThatClosesItsHalfAfterTheRequestGetsTheReply() throws Exception {
        start();
        var answered = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                all.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 150; i++) {
                                if (askHealth(i % 2 == 0).startsWith("HTTP/1.1 200 ")) {
                                    answered.incrementAndGet();
                                }
                            }
                        }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(answered.get()).isEqualTo(THREADS * 150);
        assertThat(askHealth(false)).startsWith("HTTP/1.1 200 ");
    }

    private String askHealth(boolean endHalf) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
            if (endHalf) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// FAULTS.md, number 31.
    @Test
    void connectionsBeyondTheLimitDoNotDisturbAnAuthenticatedClient() throws Exception {
        start();
        UUID session = server.newSession();
        List<AutoCloseable> strangers = new ArrayList<>();
        try (NativeClient client = server.subscribe(session, 0L)) {
            client.awaitState("idle");
            for (int i = 0; i < MANY; i++) {
                strangers.add(stranger(i));
                if (i % 50 == 0) {
                    assertThat(server.call("GET", "/v1/sessions", null).statusCode())
                            .isEqualTo(200);
                }
            }
            assertThat(server.call("GET", "/v1/sessions", null).statusCode()).isEqualTo(200);
            try (NativeClient another = server.subscribe(session, 0L)) {
                another.awaitState("idle");
            }
            client.sendPrompt("Still there?");
            client.await("command_lifecycle");
        } finally {
            for (AutoCloseable each : strangers) {
                each.close();
            }
        }
        assertThat(askHealth(false)).startsWith("HTTP/1.1 200 ");
    }

    /// A connection without a byte, one with a part of a request, or an upgraded one without a
    /// token.
    private AutoCloseable stranger(int i) {
        return switch (i % 3) {
            case 0 -> RawClient.connect(server.port());
            case 1 -> RawClient.connect(server.port()).send("GET /health HTTP/1.1\r\nHost: lo");
            default -> RawWebSocket.connect(server.port(), "/v1/feed");
        };
    }

    /// FAULTS.md, number 31: the oldest unauthenticated connection is closed with a reason.
    @Test
    void theOldestUnauthenticatedConnectionIsClosedForTheNewest() {
        server =
                RunningServer.in(
                        folder,
                        ServerSetUp.limits(ServerSetUp.strangers(3)),
                        new ScriptedProvider());
        List<RawWebSocket> strangers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            strangers.add(RawWebSocket.connect(server.port(), "/v1/feed"));
        }
        assertThat(strangers.getFirst().awaitClose()).isEqualTo(1013);
        RawWebSocket last = strangers.getLast();
        last.sendText("{\"type\":\"auth\",\"token\":\"" + server.server().token() + "\"}");
        assertThat(last.await(TEXT)).isNotNull();
        strangers.forEach(RawWebSocket::close);
    }

    /// FAULTS.md, number 32, before login.
    @Test
    void announcedSizesAllocateNoMemoryBeforeLogin() {
        start();
        List<RawWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var client = RawWebSocket.connect(server.port(), "/v1/feed");
            clients.add(client);
            client.trySend(RawWebSocket.frame(0x82, true, 32L * MEBIBYTE, new byte[0]));
        }
        assertThat(clients).allMatch(c -> c.awaitClose() == 4003);
        clients.forEach(RawWebSocket::close);
        assertThat(askHealth(false)).startsWith("HTTP/1.1 200 ");
    }

    /// FAULTS.md, number 32, for authenticated clients.
    @Test
    void announcedSizesOfAuthenticatedClientsAllocateNoMemory() {
        start();
        long before = usedHeap();
        List<RawWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            var client = RawWebSocket.connect(server.port(), "/v1/feed", bearer());
            clients.add(client);
            client.send(RawWebSocket.frame(0x81, true, LARGEST, new byte[1]));
        }
        clients.forEach(c -> assertThat(c.await(TEXT)).isNotNull());
        assertThat(usedHeap() - before).isLessThan(40L * MEBIBYTE);
        clients.forEach(RawWebSocket::close);
        assertThat(askHealth(false)).startsWith("HTTP/1.1 200 ");
    }

    /// FAULTS.md, number 32: received bytes are limited for all clients together.
    @Test
    void largeMessagesOfManyClientsDoNotFillTheMemory() throws Exception {
        start();
        byte[] part = new byte[15 * MEBIBYTE];
        List<RawWebSocket> clients = new ArrayList<>();
        int room = (int) (Runtime.getRuntime().maxMemory() / 8 / part.length);
        byte[] frame = RawWebSocket.frame(0x82, true, LARGEST, part);
        for (int i = 0; i < room + 4; i++) {
            var client = RawWebSocket.connect(server.port(), "/v1/feed", bearer());
            clients.add(client);
            client.trySend(frame); // the last ones are refused in the middle of it
        }
        clients.get(room + 3).socket().shutdownOutput();
        int code = clients.get(room + 3).awaitClose();
        assertThat(code == 1013 || code == 1006).isTrue();
        clients.forEach(RawWebSocket::close);
        Awaitility.await().until(() -> askHealth(false).contains("\"connections\":1"));
        try (NativeClient again = server.subscribe(server.newSession(), null)) {
            again.send(" ".repeat(20 * MEBIBYTE)); // there is room again
            again.await("error");
        }
    }

    /// FAULTS.md, number 33.
    @Test
    void endlessEmptyFragmentsCloseTheirConnection() {
        start();
        byte[] empty = RawWebSocket.frame(CONTINUATION, false, true, new byte[0]);
        byte[] thousand = new byte[1_000 * empty.length];
        for (int i = 0; i < 1_000; i++) {
            System.arraycopy(empty, 0, thousand, i * empty.length, empty.length);
        }
        for (String header : List.of("X: y", bearer())) {
            try (var client = RawWebSocket.connect(server.port(), "/v1/feed", header)) {
                client.send(RawWebSocket.frame(TEXT, false, true, new byte[0]));
                for (int sent = 0; sent < 70 && client.trySend(thousand); sent++) {
                    // The server may close the connection at any time.
                }
                assertThat(client.awaitClose()).isEqualTo(1008);
            }
        }
        assertThat(askHealth(false)).startsWith("HTTP/1.1 200 ");
    }

    /// FAULTS.md, number 34: unread pongs slow down only the client that does not read them.
    @Test
    void unreadPongsAreLimitedAndNoneIsLost() throws Exception {
        server =
                RunningServer.in(
                        folder,
                        ServerSetUp.limits(ServerSetUp.stuckAfter(Duration.ofMinutes(5))),
                        new ScriptedProvider());
        byte[] ping = RawWebSocket.frame(PING, true, true, new byte[125]);
        try (var client = RawWebSocket.connect(server.port(), "/v1/feed", bearer())) {
            assertThat(client.await(TEXT)).isNotNull();
            client.socket().setSendBufferSize(64 * 1024);
            var sending = new AtomicInteger();
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (sending.get() < 400_000 && client.trySend(ping)) {
                                    sending.incrementAndGet();
                                }
                            });
            // Sending stops, because the server reads no more than it can reply to.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            new java.util.concurrent.Callable<Boolean>() {
                                private int last = -1;

                                @Override
                                public Boolean call() {
                                    int now = sending.get();
                                    boolean still = now == last;
                                    last = now;
                                    return still;
                                }
                            });
            int sent = sending.get();
            assertThat(sent).isLessThan(400_000);
            for (int i = 0; i < sent; i++) {
                assertThat(client.await(PONG)).isNotNull();
            }
            client.socket().close();
            sender.join();
        }
    }

    /// FAULTS.md, number 34, for a client without a token, which has a deadline.
    @Test
    void unreadPongsOfAnUnauthenticatedClientAreLimited() throws Exception {
        start();
        byte[] pings = new byte[64 * 1024];
        byte[] ping = RawWebSocket.frame(PING, true, true, new byte[125]);
        for (int at = 0; at + ping.length <= pings.length; at += ping.length) {
            System.arraycopy(ping, 0, pings, at, ping.length);
        }
        int whole = pings.length / ping.length * ping.length;
        try (SocketChannel client =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            client.write(ByteBuffer.wrap(upgrade().getBytes(StandardCharsets.US_ASCII)));
            client.configureBlocking(false);
            long taken = 0;
            int idle = 0;
            ByteBuffer next = ByteBuffer.wrap(pings, 0, whole);
            while (taken < 64L * MEBIBYTE && idle < 50) {
                int n = client.write(next);
                taken += n;
                idle = n == 0 ? idle + 1 : 0;
                if (n == 0) {
                    server.call("GET", "/health", null); // gives the server time to read more
                } else if (!next.hasRemaining()) {
                    next.rewind();
                }
            }
            assertThat(taken).isLessThan(64L * MEBIBYTE);
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageNotContaining("refused"); // closed by the server, which is fine too
        }
    }

    private static String upgrade() {
        return String.join(
                "\r\n",
                "GET /v1/feed HTTP/1.1",
                "Host: localhost",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "",
                "");
    }

    /// FAULTS.md, number 41, on the wire.
    @Test
    void aRequestThatArrivesByteByByteGetsAReply() {
        start();
        String body = "{\"cwd\":\"" + folder + "\",\"x\":\"" + "y".repeat(2_000) + "\"}";
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(
                    "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                            + bearer()
                            + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n");
            body.chars().forEach(c -> client.send(String.valueOf((char) c)));
            assertThat(client.readAll()).startsWith("HTTP/1.1 201 ");
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    private static long usedHeap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
