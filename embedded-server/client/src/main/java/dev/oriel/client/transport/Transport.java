package dev.oriel.client.transport;

import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How a client reaches its server: through which proxy, with which certificates. Immutable; files
/// are read when it is created.
///
/// A loopback address is never reached through a proxy.
public final class Transport {
    private static final Transport PLAINTEXT =
            new Transport(HttpClient.Builder.NO_PROXY, TlsSettings.none());

    private final ProxySelector proxies;
    private final TlsSettings tls;

    private Transport(ProxySelector proxies, TlsSettings tls) {
        this.proxies = proxies;
        this.tls = tls;
    }

    /// The user's settings; empty or null for the default.
    ///
    /// @param proxy `host:port` or `http://host:port` of an HTTP proxy; empty for the system's,
    ///   `none` for none
    /// @param authorities a PEM file with the authorities to trust instead of the system's
    /// @param identity a PKCS#12 file with the client's own certificate and key
    /// @param identityPassword a file whose first line is the password of that file
    public record Settings(
            String proxy,
            @Nullable Path authorities,
            @Nullable Path identity,
            @Nullable Path identityPassword) {
        /// The defaults of the system.
        public static final Settings DEFAULTS = new Settings("", null, null, null);
    }

    /// The system's proxy and authorities, no client certificate.
    ///
    /// @return the same instance for every call
    public static Transport systemDefault() {
        return SystemDefault.INSTANCE;
    }

    /// No proxy and no TLS, for servers on this computer that are reached by `http` or `ws`. Saves
    /// reading the system's authorities, which takes longer than everything else that a client does
    /// before it is connected.
    ///
    /// @return the same instance for every call
    public static Transport plaintext() {
        return PLAINTEXT;
    }

    /// Reads the files of the settings.
    ///
    /// @param settings of the user
    /// @return the transport
    /// @throws TransportException if a file cannot be used or the proxy is not valid
    public static Transport of(Settings settings) throws TransportException {
        return new Transport(proxies(settings.proxy().strip()), TlsSettings.of(settings));
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
                throw new TransportException("A proxy that requires a login is not supported.");
            }
            return ProxyRules.fixed(uri.getHost(), uri.getPort());
        } catch (URISyntaxException e) {
            throw new TransportException("The proxy must be HOST:PORT of an HTTP proxy.", e);
        }
    }

    /// Created with the first use.
    private static final class SystemDefault {
        private static final Transport INSTANCE =
                new Transport(ProxyRules.fromSystem(), TlsSettings.systemDefault());
    }

    /// Creates an HTTP client with this transport.
    ///
    /// @param executor of the client
    /// @return a client; the caller closes it
    public HttpClient createHttpClient(Executor executor) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .executor(executor)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(proxies);
        tls.applyTo(builder);
        return builder.build();
    }
}
