package dev.oriel.testing.peer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A release feed on the loopback interface that records its requests.
public final class TestReleaseFeed implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch ends = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
    private volatile boolean silent;

    /// @param headers as they came
    public record Request(String method, URI target, Headers headers) {}

    public TestReleaseFeed() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    requests.add(
                            new Request(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI(),
                                    exchange.getRequestHeaders()));
                    byte[] answer = body;
                    if (status == 302) {
                        exchange.getResponseHeaders().add("Location", "/elsewhere");
                    }
                    exchange.sendResponseHeaders(status, answer.length);
                    if (silent) {
                        exchange.getResponseBody().write(answer, 0, 1);
                        exchange.getResponseBody().flush();
                        try {
                            ends.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    } else {
                        exchange.getResponseBody().write(answer);
                    }
                    exchange.close();
                });
        server.start();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public void replyWith(int code, String text) {
        status = code;
        body = text.getBytes(StandardCharsets.UTF_8);
    }

    /// From now on it begins replies and never completes them.
    public void stopReplying() {
        silent = true;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        ends.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
