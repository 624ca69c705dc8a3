package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.dialect.SendBudget;
import dev.oriel.gateway.codec.HttpRequestHead;
import dev.oriel.gateway.socket.HttpExchange;
import dev.oriel.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles plain HTTP requests by the routes of the dialects, then by the gateway's own. Each
/// request runs on a virtual thread.
final class HttpDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDispatcher.class);

    private final List<Dialect> dialects;
    private final ServerMetrics metrics;
    private final FailedLogins failedLogins;
    private final SendBudget sending;
    private final Duration patience;

    /// @param patience how long a request waits while too many bytes wait to be read by clients
    HttpDispatcher(
            List<Dialect> dialects,
            ServerMetrics metrics,
            FailedLogins failedLogins,
            SendBudget sending,
            Duration patience) {
        this.dialects = dialects;
        this.metrics = metrics;
        this.failedLogins = failedLogins;
        this.sending = sending;
        this.patience = patience;
    }

    void handle(HttpExchange exchange, HttpRequestHead head, byte[] body, boolean allowed) {
        var call =
                new HttpCall(
                        head.method(),
                        head.path(),
                        head.query(),
                        head.headers(),
                        body,
                        allowed,
                        exchange.address().isLoopbackAddress());
        Thread.ofVirtual().name("http").start(() -> handle(exchange, call));
    }

    private void handle(HttpExchange exchange, HttpCall call) {
        SendBudget.Reservation room = room(call);
        if (room == null) {
            exchange.reply(Cors.addHeaders(call, busy()));
            return;
        }
        boolean sent = false;
        try {
            HttpReply reply = Cors.addHeaders(call, withoutBody(call, makeReply(call)));
            room.resize(reply.body().length);
            if (reply.status() == 401 && showsToken(call)) {
                failedLogins.reply(
                        exchange.address().getHostAddress(),
                        () -> exchange.reply(reply, room::close));
            } else if (reply.bodyStream() != null) {
                exchange.stream(reply, reply.bodyStream());
                room.close();
            } else {
                exchange.reply(reply, room::close);
            }
            sent = true;
        } finally {
            if (!sent) {
                room.close();
            }
        }
    }

    /// Not a constant, because JSON is loaded only after the port is open.
    private static HttpReply busy() {
        return HttpReply.error(
                        503,
                        ErrorCode.UNAVAILABLE,
                        "Too much of what the server has sent waits to be read. Try again later.")
                .withHeader("Retry-After", "5");
    }

    /// Replies to unauthenticated clients are small, and so are those about the server's health.
    private SendBudget.@Nullable Reservation room(HttpCall call) {
        if (!call.allowed() || call.path().equals("/health") || call.path().equals("/metrics")) {
            return sending.reserveNothing();
        }
        try {
            return sending.reserve(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static boolean showsToken(HttpCall call) {
        return call.header("authorization") != null || call.query().containsKey("token");
    }

    private HttpReply makeReply(HttpCall call) {
        HttpReply asked = Cors.preflight(call);
        if (asked != null) {
            return asked;
        }
        try {
            for (Dialect d : dialects) {
                HttpReply reply = d.reply(call);
                if (reply != null) {
                    return reply;
                }
            }
            HttpReply own = metrics.reply(call, dialects);
            return own != null
                    ? own
                    : HttpReply.error(404, ErrorCode.NOT_FOUND, "There is nothing here.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReply.error(503, ErrorCode.UNAVAILABLE, "The server is shutting down.");
        } catch (Throwable e) { // in any case, the client waits for a reply
            LOG.error("{} {} failed", call.method(), call.path(), e);
            return HttpReply.error(500, ErrorCode.INTERNAL, "Something went wrong in the server.");
        }
    }

    private static HttpReply withoutBody(HttpCall call, HttpReply reply) {
        return call.method().equals("HEAD")
                ? new HttpReply(reply.status(), reply.contentType(), new byte[0], reply.headers())
                        // The length of the body that a GET would get.
                        .withHeader("Content-Length", String.valueOf(reply.body().length))
                : reply;
    }
}
