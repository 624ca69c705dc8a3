package dev.oriel.gateway;

import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import org.jspecify.annotations.Nullable;

/// Lets the web pages that may call read the answers, too. Which pages may, [RequestGuard] has
/// decided before: any origin that comes as far as here is allowed, and is named by itself, never
/// by `*`.
///
/// Cookies play no part in Oriel, so credentials are not allowed: a token is sent in a header.
final class Cors {
    private static final String SECONDS_TO_REMEMBER = "600";

    /// The last two are the Claude Agent SDK's, where it reads a stream of events.
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, Last-Event-ID, anthropic-client-platform";

    private Cors() {}

    /// The answer to a browser that asks before it calls.
    ///
    /// @return null if the call is no such question
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
