package dev.oriel.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects to the server's own ports regularly, as a client would, to find failures that are
/// believed to be impossible. A port that fails to respond twice is closed and opened again; if
/// that does not help, the listeners are notified.
final class SelfCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private static final int REOPEN_AFTER = 2;
    private static final int GIVE_UP_AFTER = 4;

    /// No route has this path. Any reply is enough, and even a refused connection.
    private static final byte[] REQUEST =
            "HEAD /self-check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final List<ServerPort> ports;
    private final int withinMillis;
    private final Map<ServerPort, Integer> failures = new HashMap<>(); // the checking thread only
    private final List<PortHealthListener> watches = new CopyOnWriteArrayList<>();
    private final Thread thread;

    SelfCheck(List<ServerPort> ports, Duration within) {
        this.ports = ports;
        this.withinMillis = (int) within.toMillis();
        this.thread = Thread.ofPlatform().daemon().name("gateway-self-check").unstarted(this::run);
    }

    static SelfCheck start(List<ServerPort> ports) {
        var check = new SelfCheck(ports, WITHIN);
        check.thread.start();
        return check;
    }

    void addListener(PortHealthListener watch) {
        watches.add(watch);
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
                checkAll();
            }
        } catch (InterruptedException e) {
            thread.interrupt(); // the server is closed
        }
    }

    private void checkAll() {
        try {
            check();
        } catch (RuntimeException e) {
            LOG.error("Cannot check the ports", e);
        }
    }

    /// Checks each port once.
    void check() {
        boolean all = true;
        for (ServerPort port : ports) {
            if (responds(port.address())) {
                failures.remove(port);
                continue;
            }
            all = false;
            int times = failures.merge(port, 1, Integer::sum);
            if (times == REOPEN_AFTER) {
                LOG.error("Port {} does not respond; opening it again", port.address().getPort());
                port.restart();
            } else if (times >= GIVE_UP_AFTER) {
                LOG.error("Port {} still does not respond", port.address().getPort());
                watches.forEach(PortHealthListener::onUnresponsive);
            }
        }
        if (all) {
            watches.forEach(PortHealthListener::onResponsive);
        }
    }

    private boolean responds(InetSocketAddress at) {
        var address =
                at.getAddress().isAnyLocalAddress()
                        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort())
                        : at;
        try (var socket = new Socket()) {
            socket.connect(address, withinMillis);
            socket.setSoTimeout(withinMillis);
            socket.getOutputStream().write(REQUEST);
            int _ = socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException | ConnectException e) {
            return false;
        } catch (IOException e) {
            // The connection was refused by the running server, or this program had no socket left
            // to check with.
            return true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
