package dev.oriel.agent.api.wire;

import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a connection. Pure.
final class ConnectionFailure {
    private ConnectionFailure() {}

    /// @param host of the server, for the user
    static ApiException exception(String host, Throwable e) {
        if (e instanceof SSLException) {
            return of(
                    ApiException.Kind.TLS,
                    "The certificate of " + host + " is not trusted, or TLS failed.",
                    e);
        }
        if (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
            return stalled(host, e);
        }
        String detail = String.valueOf(e.getMessage());
        if (detail.startsWith("Tunnel failed") || detail.contains("Proxy Authentication")) {
            return of(
                    ApiException.Kind.CONNECTION,
                    "The proxy refuses the connection to " + host + ".",
                    e);
        }
        return of(ApiException.Kind.CONNECTION, "The connection to " + host + " failed.", e);
    }

    static ApiException stalled(String host, @Nullable Throwable cause) {
        return of(ApiException.Kind.STALLED, host + " did not respond in time.", cause);
    }

    static ApiException cut(String host) {
        return of(
                ApiException.Kind.CONNECTION,
                host + " closed the connection in the middle of the response.",
                null);
    }

    static ApiException malformed(String text, @Nullable Throwable cause) {
        return of(ApiException.Kind.MALFORMED, text, cause);
    }

    private static ApiException of(ApiException.Kind kind, String text, @Nullable Throwable cause) {
        return new ApiException(kind, 0, "", text, null, cause);
    }
}
