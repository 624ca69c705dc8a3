package dev.oriel.gateway;

import dev.oriel.dialect.Dialect;
import dev.oriel.dialect.FailedLogins;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.gateway.socket.Connection;
import dev.oriel.gateway.socket.HttpHead;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plain HTTP requests: the dialects' routes, then the gateway's own. Each runs on a virtual
/// thread.
final class HttpFront {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private final List<Dialect> dialects;
    private final Metrics metrics;
    private final FailedLogins failedLogins;

    HttpFront(List<Dialect> dialects, Metrics metrics, FailedLogins failedLogins) {
        this.dialects = dialects;
        this.metrics = metrics;
        this.failedLogins = failedLogins;
    }

    void handle(Connection connection, HttpHead head, byte[] body, boolean allowed) {
        var call =
                new HttpCall(
                        head.method(), head.path(), head.query(), head.headers(), body, allowed);
        Thread.ofVirtual()
                .name("http")
                .start(() -> {
                    HttpReply reply = Cors.allow(call, withoutBody(call, answer(call)));
                    if (reply.status() == 401 && showsToken(call)) {
                        failedLogins.answer(
                                connection.address().getHostAddress(),
                                () -> connection.answer(reply));
                    } else if (reply.opening() != null) {
                        connection.stream(reply, reply.opening());
                    } else {
                        connection.answer(reply);
                    }
                });
    }

    private static boolean showsToken(HttpCall call) {
        return call.header("authorization") != null || call.query().containsKey("token");
    }

    private HttpReply answer(HttpCall call) {
        HttpReply asked = Cors.preflight(call);
        if (asked != null) {
            return asked;
        }
        try {
            for (Dialect d : dialects) {
                HttpReply reply = d.answer(call);
                if (reply != null) {
                    return reply;
                }
            }
            HttpReply own = metrics.answer(call, dialects);
            return own != null ? own : HttpReply.error(404, "not_found", "There is nothing here.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpReply.error(503, "unavailable", "The server goes down.");
        } catch (Throwable e) { // whatever it is, the client waits for an answer
            LOG.error("{} {} failed", call.method(), call.path(), e);
            return HttpReply.error(500, "internal", "Something went wrong in the server.");
        }
    }

    private static HttpReply withoutBody(HttpCall call, HttpReply reply) {
        return call.method().equals("HEAD")
                ? new HttpReply(reply.status(), reply.contentType(), new byte[0], reply.headers())
                        // As it would be with it.
                        .with("Content-Length", String.valueOf(reply.body().length))
                : reply;
    }
}
