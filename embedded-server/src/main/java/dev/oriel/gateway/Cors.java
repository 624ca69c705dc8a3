package dev.oriel.gateway;

import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import org.jspecify.annotations.Nullable;

/// Allows web pages that may call the server to read its replies. [RequestGuard] has checked the
/// origin before: every origin that gets here is allowed, and is named itself, never by `*`.
///
/// Oriel uses no cookies, so that credentials are not allowed: a token is sent in a header.
final class Cors {
    private static final String SECONDS_TO_REMEMBER = "600";

    /// The last two are sent by the Claude Agent SDK when it reads an event stream.
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, Last-Event-ID, anthropic-client-platform";

    private Cors() {}

    /// The reply to a preflight request.
    ///
    /// @return null if the call is not one
    static @Nullable HttpReply preflight(HttpCall call) {
        if (!call.method().equals("OPTIONS")
                || call.header("origin") == null
                || call.header("access-control-request-method") == null) {
            return null;
        }
        HttpReply reply =
                HttpReply.empty(204)
                        .withHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
                        .withHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                        .withHeader("Access-Control-Max-Age", SECONDS_TO_REMEMBER);
        return call.header("access-control-request-private-network") == null
                ? reply
                : reply.withHeader("Access-Control-Allow-Private-Network", "true");
    }

    static HttpReply addHeaders(HttpCall call, HttpReply reply) {
        String origin = call.header("origin");
        return origin == null
                ? reply
                : reply.withHeader("Access-Control-Allow-Origin", origin)
                        .withHeader("Vary", "Origin");
    }
}
