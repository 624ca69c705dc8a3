package dev.oriel.client.transport;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How a client gets to its server: through which proxy, with which certificates. Immutable; the
/// files are read when it is made.
///
/// A loopback address is never reached through a proxy.
public final class Transport {
    private static final Transport PLAIN =
            new Transport(HttpClient.Builder.NO_PROXY, TlsSettings.none());

    private final ProxySelector proxies;
    private final TlsSettings certificates;

    private Transport(ProxySelector proxies, TlsSettings certificates) {
        this.proxies = proxies;
        this.certificates = certificates;
    }

    /// What a person can set; empty or null where it is not.
    ///
    /// @param proxy `host:port` or `http://host:port`; empty for the system's, `none` for none
    /// @param authorities a PEM file: the authorities that are trusted, in the place of the
    ///   system's
    /// @param identity a PKCS#12 file with the client's own certificate and key
    /// @param identityPassword a file whose first line is that file's password
    public record Settings(
            String proxy,
            @Nullable Path authorities,
            @Nullable Path identity,
            @Nullable Path identityPassword) {
        public static final Settings DEFAULTS = new Settings("", null, null, null);
    }

    /// The system's proxy, the usual authorities, no certificate of our own.
    public static Transport systemDefault() {
        return Usual.DIRECT;
    }

    /// Straight, and without TLS: for what stands on this computer and is reached by `http` or
    /// `ws`. Reading the usual authorities takes longer than all else that a client does before it
    /// is connected, so here nobody is trusted.
    public static Transport plaintext() {
        return PLAIN;
    }

    /// @throws TransportException if a file cannot be used or the proxy names no computer; the
    ///   message is one sentence for a person
    public static Transport of(Settings choice) throws TransportException {
        return new Transport(proxies(choice.proxy().strip()), TlsSettings.of(choice));
    }

    private static ProxySelector proxies(String proxy) throws TransportException {
        if (proxy.isEmpty()) {
            return ProxyRules.fromSystem();
        }
        if (proxy.equals("none")) {
            return HttpClient.Builder.NO_PROXY;
        }
        try {
            URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
                throw new TransportException("The proxy must be HOST:PORT of an HTTP proxy.");
            }
            if (uri.getUserInfo() != null) {
                throw new TransportException("A proxy that wants a login is not supported.");
            }
            return ProxyRules.fixed(uri.getHost(), uri.getPort());
        } catch (URISyntaxException e) {
            throw new TransportException("The proxy must be HOST:PORT of an HTTP proxy.", e);
        }
    }

    /// Made when it is first asked for.
    private static final class Usual {
        private static final Transport DIRECT =
                new Transport(ProxyRules.fromSystem(), TlsSettings.systemDefault());
    }

    /// A client that goes this way. Its owner closes it.
    public HttpClient createHttpClient(Executor executor) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .executor(executor)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(proxies);
        certificates.applyTo(builder);
        return builder.build();
    }
}
