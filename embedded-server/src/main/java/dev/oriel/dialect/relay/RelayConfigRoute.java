package dev.oriel.dialect.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.message.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `GET|POST /config` (wire.md 2.1). Stores the configuration of one relay, in memory.
///
/// Any thread.
final class RelayConfigRoute {
    // Null at first instead of an empty object, so that the server's start does not load the JSON
    // library.
    private volatile @Nullable JsonNode config;

    /// The configuration posted last; an empty object if there is none. Never changed in place.
    JsonNode config() {
        JsonNode posted = config;
        return posted == null ? Json.object() : posted;
    }

    HttpReply reply(HttpCall call) {
        if (!call.allowed()) {
            return HttpReply.json(401, Json.object().put("error", "Unauthorized"))
                    .withHeader("WWW-Authenticate", "Bearer");
        }
        return switch (call.method()) {
            case "GET", "HEAD" -> {
                ObjectNode reply = Json.object();
                reply.set("config", ConfigRedaction.redact(config()));
                yield HttpReply.json(200, reply);
            }
            case "POST" -> post(call.body());
            default -> RelayDialect.notFound();
        };
    }

    private HttpReply post(byte[] body) {
        JsonNode posted;
        try {
            posted = Json.mapper().readTree(body);
        } catch (IOException e) {
            return invalid();
        }
        if (posted == null || posted.isMissingNode()) {
            return invalid();
        }
        config = posted;
        ObjectNode reply = Json.object().put("success", true);
        reply.set("config", ConfigRedaction.redact(posted));
        return HttpReply.json(200, reply);
    }

    private static HttpReply invalid() {
        return HttpReply.json(400, Json.object().put("error", "Invalid JSON"));
    }
}
