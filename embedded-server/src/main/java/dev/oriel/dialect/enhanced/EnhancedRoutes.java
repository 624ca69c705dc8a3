package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectPlacement;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// `GET /health` and `GET /sessions`. The original documents them without a shape; this is the
/// shape that its own tests expect (wire.md 1.1).
final class EnhancedRoutes {
    private final DialectPlacement placement;
    private final EnhancedSettings settings;
    private final boolean needsToken;
    private final Collection<EnhancedConnection> connected;

    EnhancedRoutes(
            DialectPlacement placement,
            EnhancedSettings settings,
            boolean needsToken,
            Collection<EnhancedConnection> connected) {
        this.placement = placement;
        this.settings = settings;
        this.needsToken = needsToken;
        this.connected = connected;
    }

    @Nullable HttpReply reply(HttpCall call) {
        return switch (call.path()) {
            case "/health" -> placement == DialectPlacement.CLASSIC ? get(call, health()) : null;
            case "/sessions" -> {
                if (!isAllowed(call)) {
                    yield HttpReply.error(401, ErrorCode.UNAUTHORIZED, "A valid token is needed.")
                            .withHeader("WWW-Authenticate", "Bearer");
                }
                yield get(call, sessions());
            }
            default -> null;
        };
    }

    private static HttpReply get(HttpCall call, ObjectNode body) {
        return call.method().equals("GET") || call.method().equals("HEAD")
                ? HttpReply.json(200, body)
                : HttpReply.error(405, ErrorCode.BAD_REQUEST, "The method must be GET.")
                        .withHeader("Allow", "GET");
    }

    /// If JWTs are accepted, a request needs one, even if the server's own token is not required.
    private boolean isAllowed(HttpCall call) {
        JwtCheck jwt = settings.jwt();
        if (jwt == null) {
            return call.allowed();
        }
        String token = call.query().get("token");
        return token == null ? needsToken && call.allowed() : jwt.accepts(token);
    }

    private ObjectNode health() {
        ObjectNode body = Json.object().put("status", "healthy");
        addHealth(body);
        return body;
    }

    void addHealth(ObjectNode body) {
        body.put("active_sessions", connected.size()).put("max_sessions", settings.maxSessions());
    }

    private ObjectNode sessions() {
        ObjectNode body = Json.object();
        var list = body.putArray("sessions");
        connected.stream()
                .sorted(Comparator.comparing(EnhancedConnection::since))
                .forEach(c -> list.add(c.toJson()));
        return body;
    }
}
