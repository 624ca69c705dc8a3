package dev.oriel.agent.api.wire;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a connection. Pure.
final class ConnectionFailure {
    /// A connection that broke while TLS was agreed on, which another attempt can mend.
    private static final Pattern BROKEN =
            Pattern.compile("terminated the handshake|connection reset|closed|broken pipe");

    private ConnectionFailure() {}

    /// @param host of the server, for the user
    static ApiException exception(String host, Throwable e) {
        if (has(e, CertificateException.class)) {
            return of(ApiException.Kind.TLS, "The certificate of " + host + " is not trusted.", e);
        }
        String detail = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e instanceof SSLException && !BROKEN.matcher(detail).find()) {
            return of(
                    ApiException.Kind.TLS,
                    "TLS with "
                            + host
                            + " failed. Check the address: the server may have no TLS, or another"
                            + " version of it.",
                    e);
        }
        if (e instanceof HttpConnectTimeoutException) {
            return connection(host + " did not accept the connection in time.", e);
        }
        if (e instanceof HttpTimeoutException) {
            return stalled(host, e);
        }
        if (has(e, UnresolvedAddressException.class) || has(e, UnknownHostException.class)) {
            return connection(
                    "The server " + host + " was not found. Check the address and the network.", e);
        }
        if (detail.contains("tunnel failed") || detail.contains("proxy authentication")) {
            return connection("The proxy refuses the connection to " + host + ".", e);
        }
        if (e instanceof ConnectException) {
            return connection(
                    "The connection to " + host + " was refused. Is the server running?", e);
        }
        return connection("The connection to " + host + " failed.", e);
    }

    private static boolean has(Throwable e, Class<? extends Throwable> kind) {
        Throwable each = e;
        for (int depth = 0; each != null && depth < 10; depth++) {
            if (kind.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    static ApiException stalled(String host, @Nullable Throwable cause) {
        return of(ApiException.Kind.STALLED, host + " did not respond in time.", cause);
    }

    static ApiException cut(String host) {
        return connection(host + " closed the connection in the middle of the response.", null);
    }

    static ApiException malformed(String text, @Nullable Throwable cause) {
        return of(ApiException.Kind.MALFORMED, text, cause);
    }

    private static ApiException connection(String text, @Nullable Throwable cause) {
        return of(ApiException.Kind.CONNECTION, text, cause);
    }

    private static ApiException of(ApiException.Kind kind, String text, @Nullable Throwable cause) {
        return new ApiException(kind, 0, "", text, null, cause);
    }
}
