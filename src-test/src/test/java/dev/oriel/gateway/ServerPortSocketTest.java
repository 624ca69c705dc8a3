package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.SendBudget;
import dev.oriel.dialect.UpgradeRequest;
import dev.oriel.gateway.codec.ReceiveBudget;
import dev.oriel.gateway.socket.ConnectionSlots;
import dev.oriel.journal.Journal;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.session.Sessions;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.client.RawWebSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A port whose parts fail. FAULTS.md, number 30: whatever ends is opened again.
@Timeout(60)
class ServerPortSocketTest {
    private static final String REQUEST = "GET /there HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path folder;
    private final ScriptedDialect dialect = new ScriptedDialect();
    private final AtomicReference<@Nullable Error> clockFault = new AtomicReference<>();
    private final AtomicLong clockAhead = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Journal journal;
    private Sessions sessions;
    private ServerPort serverPort;
    private ConnectionSlots slots;
    private int port;

    @BeforeEach
    void start() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        var config = ServerConfig.defaults(folder, List.of(new DemoProvider()));
        sessions = new Sessions(journal, config.agents(), config.policy(), InstantSource.system());
        slots = config.limits().connectionSlots();
        var metrics = new ServerMetrics(sessions, slots::count, "", config.program());
        serverPort =
                ServerPort.open(
                        "127.0.0.1",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        config,
                        List.of(dialect),
                        new ServerPort.Shared(
                                _ -> false,
                                timer,
                                metrics,
                                new FailedLogins(timer, System::nanoTime, metrics::onWrongToken),
                                slots,
                                ReceiveBudget.defaults(),
                                new SendBudget(SendBudget.defaultSize(), timer),
                                this::nanoTime));
        port = serverPort.address().getPort();
    }

    private long nanoTime() {
        Error fault = clockFault.getAndSet(null);
        if (fault != null) {
            throw fault;
        }
        return System.nanoTime() + clockAhead.get();
    }

    @AfterEach
    void stop() throws Exception {
        serverPort.shutDown(100);
        timer.shutdownNow();
        sessions.close();
        journal.close();
    }

    private String exchange() {
        return RawClient.exchange(port, REQUEST);
    }

    private void awaitReply() {
        Awaitility.await()
                .ignoreExceptions()
                .atMost(Patience.LIMIT)
                .until(() -> exchange().startsWith("HTTP/1.1 200 "));
    }

    private Thread selectorThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("gateway-" + port))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anErrorOnTheSelectorsThreadClosesItsConnectionOnly() {
        dialect.onPath =
                _ -> {
                    throw new StackOverflowError("of a test");
                };
        try (RawWebSocket first = RawWebSocket.connect(port, "/there")) {
            assertThat(first.responseHead()).isEmpty();
        }
        dialect.onPath = _ -> true;
        assertThat(exchange()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anErrorInADialectClosesThatConnectionWith1011() {
        dialect.onText =
                _ -> {
                    throw new OutOfMemoryError("of a test");
                };
        try (RawWebSocket other = RawWebSocket.connect(port, "/there");
                RawWebSocket client = RawWebSocket.connect(port, "/there")) {
            client.sendText("x");
            assertThat(client.awaitClose()).isEqualTo(1011);
            other.send(RawWebSocket.frame(RawWebSocket.PING, true, true, new byte[0]));
            assertThat(other.await(RawWebSocket.PONG)).isNotNull();
        }
    }

    @Test
    void anErrorInARouteGetsAReply() {
        dialect.onCall =
                () -> {
                    throw new StackOverflowError("of a test");
                };
        assertThat(exchange()).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void anInterruptDoesNotEndThePort() {
        for (int i = 0; i < 20; i++) {
            selectorThread().interrupt();
            assertThat(exchange()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aLoopThatFailsIsOpenedAgainAtTheSamePort() throws Exception {
        Thread before = selectorThread();
        try (RawWebSocket client = RawWebSocket.connect(port, "/there")) {
            clockFault.set(new OutOfMemoryError("of a test"));
            assertThat(client.awaitClose()).isEqualTo(1006);
        }
        awaitReply();
        before.join();
    }

    @Test
    void aPortThatHangsIsDetectedAndOpenedAgain() {
        var health = new RecordedHealth();
        var patient = new SelfCheck(List.of(serverPort), Duration.ofSeconds(15));
        patient.addListener(health);
        patient.check();
        assertThat(health.events).containsExactly("answered");
        var check = new SelfCheck(List.of(serverPort), Duration.ofMillis(300));

        var hanging = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        dialect.onPath =
                _ -> {
                    started.countDown();
                    await(hanging);
                    return true;
                };
        try (RawClient client = RawClient.connect(port)) {
            client.send("GET /there HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n");
            await(started);
            check.check();
            check.check();
            dialect.onPath = _ -> true;
            awaitReply();
        } finally {
            hanging.countDown();
        }
        patient.check();
        assertThat(health.events).containsExactly("answered", "answered");
    }

    /// The selector's thread serves another client while the deadline of this one's request passes:
    /// a request that arrived before is served, and one that is not complete is refused.
    @Test
    void aRequestThatArrivedInTimeIsNotRefusedAsTooSlow() {
        var busy = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        dialect.onPath =
                path -> {
                    if (path.equals("/busy")) {
                        busy.countDown();
                        await(done);
                    }
                    return true;
                };
        try (RawClient inTime = RawClient.connect(port);
                RawClient incomplete = RawClient.connect(port);
                RawClient other = RawClient.connect(port)) {
            incomplete.send("GET /there HTTP/1.1\r\nHost: localhost\r\n");
            exchange(); // all of them have been accepted
            other.send(upgrade("/busy"));
            await(busy);
            inTime.send(upgrade("/there"));
            clockAhead.addAndGet(Duration.ofSeconds(11).toNanos());
            done.countDown();
            assertThat(inTime.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(incomplete.readHead()).startsWith("HTTP/1.1 408 ");
        }
    }

    private static String upgrade(String path) {
        return ("GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: "
                        + "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        + "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                .formatted(path);
    }

    /// A client that leaves while its request is being handled, as a page does that is reloaded,
    /// leaves nothing behind: neither its slot nor its stream.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatLeavesBeforeItsStreamStartsLeavesNothingBehind(boolean reset) {
        var handling = new CountDownLatch(1);
        var proceed = new CountDownLatch(1);
        var started = new AtomicInteger();
        var ended = new AtomicInteger();
        dialect.stream =
                HttpReply.stream(
                        "text/event-stream",
                        peer -> {
                            started.incrementAndGet();
                            peer.send(":\n\n");
                            return ended::incrementAndGet;
                        });
        dialect.onStream =
                () -> {
                    handling.countDown();
                    await(proceed);
                };
        try (RawClient client = RawClient.connect(port)) {
            client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await(handling);
            if (reset) {
                client.reset();
            }
        }
        // The loop has read the end of that connection before it replies to these.
        exchange();
        exchange();
        proceed.countDown();
        Awaitility.await().until(() -> slots.count() == 0);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Patience.LIMIT)
                .until(() -> started.get() == ended.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listenersAreNotifiedIfOpeningAgainDoesNotHelp() throws Exception {
        var health = new RecordedHealth();
        var check = new SelfCheck(List.of(serverPort), Duration.ofMillis(500));
        check.addListener(health);
        serverPort.shutDown(0);
        for (int i = 0; i < 4; i++) {
            check.check();
        }
        assertThat(health.events).containsExactly("unresponsive");
    }

    private static final class RecordedHealth implements PortHealthListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void onResponsive() {
            events.add("answered");
        }

        @Override
        public void onUnresponsive() {
            events.add("unresponsive");
        }
    }

    /// A dialect whose behaviour a test sets.
    static final class ScriptedDialect implements Dialect {
        volatile Predicate<String> onPath = _ -> true;
        volatile Consumer<String> onText = _ -> {};
        volatile Runnable onCall = () -> {};
        volatile Runnable onStream = () -> {};
        volatile @Nullable HttpReply stream;

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean handles(String path) {
            return onPath.test(path);
        }

        @Override
        public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
            peer.admit();
            return new DialectConnection() {
                @Override
                public void onText(String text) {
                    onText.accept(text);
                }

                @Override
                public void onBinary(int bytes) {
                    onText.accept("");
                }

                @Override
                public void onClosed() {
                    // Nothing is kept.
                }
            };
        }

        @Override
        public @Nullable HttpReply reply(HttpCall call) {
            if (call.path().equals("/stream")) {
                onStream.run();
                return stream;
            }
            onCall.run();
            return HttpReply.text(200, "text/plain", "here");
        }
    }
}
