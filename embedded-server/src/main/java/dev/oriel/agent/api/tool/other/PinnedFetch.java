package dev.oriel.agent.api.tool.other;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// Requests a page over HTTPS from an address that was checked: `java.net.http` would look the name
/// up again. Behind a proxy it goes through a tunnel of that. Sends no cookies and no credentials,
/// and follows no redirects. Thread-safe.
final class PinnedFetch {
    /// The most bytes of a page.
    static final int MOST_BYTES = 10 * 1024 * 1024;

    /// The longest head of a proxy's answer.
    private static final int MOST_HEAD = 16 * 1024;

    private static final int CONNECT_MILLIS = 10_000;
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

    private final AddressGuard guard;
    private final WebProxies proxies;
    private final SSLSocketFactory tls;
    private final Duration patience;

    /// @param patience how long one request may take
    PinnedFetch(AddressGuard guard, WebProxies proxies, SSLSocketFactory tls, Duration patience) {
        this.guard = guard;
        this.proxies = proxies;
        this.tls = tls;
        this.patience = patience;
    }

    /// A response.
    ///
    /// @param type the `Content-Type` header, or an empty string
    /// @param location the `Location` header; null if there is none
    /// @param isCut whether the body was longer
    record Page(
            int status,
            String reason,
            String type,
            @Nullable String location,
            byte[] body,
            boolean isCut) {}

    /// @param uri with the scheme `https` and a host
    /// @throws IOException if there is no response; the message is for the model
    Page get(URI uri, CancelScope cancel) throws IOException {
        InetSocketAddress proxy = proxies.proxyFor(uri);
        int port = uri.getPort() < 0 ? 443 : uri.getPort();
        InetSocketAddress to = proxy == null ? direct(uri, port) : through(proxy, uri);
        AtomicBoolean isLate = new AtomicBoolean();
        Socket socket = new Socket();
        Thread limit =
                Thread.ofVirtual()
                        .name("oriel-fetch-limit")
                        .start(() -> {
                            try {
                                Thread.sleep(patience);
                                isLate.set(true);
                                close(socket);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // it was in time
                            }
                        });
        try (socket;
                CancelScope.Registration _ = cancel.onCancel(() -> close(socket))) {
            socket.connect(to, CONNECT_MILLIS);
            if (proxy != null) {
                socket.setSoTimeout((int) patience.toMillis());
                openTunnel(socket, uri.getHost() + ":" + port);
            }
            return get(uri, socket, port);
        } catch (SSLException e) {
            cancel.check();
            throw failure(isLate, "has no certificate that can be trusted, or no TLS", uri, e);
        } catch (IOException | HttpException e) {
            cancel.check();
            throw failure(isLate, "cannot be reached, or gave no proper answer", uri, e);
        } finally {
            limit.interrupt();
        }
    }

    private InetSocketAddress direct(URI uri, int port) throws IOException {
        return new InetSocketAddress(guard.addressOf(uri.getHost()), port);
    }

    /// The proxy looks the name up itself, so that its address can be checked only if it is known
    /// here, too. What a proxy reaches is up to those who run it.
    private InetSocketAddress through(InetSocketAddress proxy, URI uri) throws IOException {
        guard.requireNotPrivate(uri.getHost());
        InetSocketAddress resolved = new InetSocketAddress(proxy.getHostString(), proxy.getPort());
        if (resolved.isUnresolved()) {
            throw new IOException("The proxy of this computer is not known.");
        }
        return resolved;
    }

    private static void openTunnel(Socket socket, String target) throws IOException {
        String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read(); // nothing behind the head may be taken
            if (next < 0 || head.length() > MOST_HEAD) {
                throw new IOException("no answer of a proxy");
            }
            head.append((char) next);
        }
        if (!head.toString().matches("(?s)HTTP/1\\.[01] 2[0-9][0-9].*")) {
            throw new IOException("the proxy refuses the tunnel");
        }
    }

    private IOException failure(AtomicBoolean isLate, String what, URI uri, Exception cause) {
        return new IOException(
                "The host "
                        + uri.getHost()
                        + " "
                        + (isLate.get()
                                ? "did not answer within " + patience.toSeconds() + " seconds"
                                : what)
                        + ".",
                cause);
    }

    private Page get(URI uri, Socket socket, int port) throws IOException, HttpException {
        try (SSLSocket secure = (SSLSocket) tls.createSocket(socket, uri.getHost(), port, true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (Character.isLetter(uri.getHost().charAt(uri.getHost().length() - 1))) {
                parameters.setServerNames(List.of(new SNIHostName(uri.getHost())));
            }
            secure.setSSLParameters(parameters);
            secure.setSoTimeout((int) patience.toMillis());
            secure.startHandshake();
            DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(LIMITS);
            try {
                connection.bind(secure);
                return exchange(uri, port, connection);
            } finally {
                connection.close(CloseMode.IMMEDIATE);
            }
        }
    }

    private static Page exchange(URI uri, int port, DefaultBHttpClientConnection connection)
            throws IOException, HttpException {
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request =
                new BasicClassicHttpRequest(
                        "GET", uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        request.addHeader("Host", port == 443 ? uri.getHost() : uri.getHost() + ":" + port);
        request.addHeader("User-Agent", "Oriel");
        request.addHeader("Accept", "text/html, text/markdown, text/plain, */*;q=0.5");
        request.addHeader("Accept-Encoding", "gzip");
        request.addHeader("Connection", "close");
        connection.sendRequestHeader(request);
        connection.flush();
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (response.getCode() < 200) {
            response = connection.receiveResponseHeader();
        }
        byte[] body = new byte[0];
        boolean mayHaveBody = response.getCode() != 204 && response.getCode() != 304;
        if (mayHaveBody) {
            connection.receiveResponseEntity(response);
            body = body(response);
        }
        boolean isCut = body.length > MOST_BYTES;
        return new Page(
                response.getCode(),
                response.getReasonPhrase() == null ? "" : response.getReasonPhrase(),
                header(response, "Content-Type"),
                response.getFirstHeader("Location") == null ? null : header(response, "Location"),
                isCut ? Arrays.copyOf(body, MOST_BYTES) : body,
                isCut);
    }

    private static byte[] body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        String encoding = header(response, "Content-Encoding").toLowerCase(Locale.ROOT);
        InputStream in = entity.getContent();
        return switch (encoding) {
            case "", "identity" -> in.readNBytes(MOST_BYTES + 1);
            case "gzip", "x-gzip" -> new GZIPInputStream(in).readNBytes(MOST_BYTES + 1);
            default -> throw new IOException("unknown encoding");
        };
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue().strip();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
