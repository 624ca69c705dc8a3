package dev.oriel.agent.api.tool.other;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
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
/// up again. Sends no cookies and no credentials, and follows no redirects. Thread-safe.
final class PinnedFetch {
    /// The most bytes of a page.
    static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final int CONNECT_MILLIS = 10_000;
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

    private final AddressGuard guard;
    private final SSLSocketFactory tls;
    private final Duration patience;

    /// @param patience how long one request may take
    PinnedFetch(AddressGuard guard, SSLSocketFactory tls, Duration patience) {
        this.guard = guard;
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
        InetAddress address = guard.addressOf(uri.getHost());
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
            int port = uri.getPort() < 0 ? 443 : uri.getPort();
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
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
