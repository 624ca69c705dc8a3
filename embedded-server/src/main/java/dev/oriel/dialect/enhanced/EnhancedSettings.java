package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.RateLimit.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the operator decided for this dialect.
///
/// @param jwt lets clients in by a JWT; null if there are none
/// @param rate null for no limit
/// @param maxSessions connections at once on one port
/// @param sessionTimeout after how long without a frame or a query a client is let go; null for
///   never
public record EnhancedSettings(
        @Nullable JwtCheck jwt,
        @Nullable Rate rate,
        int maxSessions,
        @Nullable Duration sessionTimeout) {

    private static final int MAX_SESSIONS = 512;

    public static EnhancedSettings standard() {
        return new EnhancedSettings(null, null, MAX_SESSIONS, null);
    }

    public EnhancedSettings withJwt(@Nullable JwtCheck check) {
        return new EnhancedSettings(check, rate, maxSessions, sessionTimeout);
    }

    public EnhancedSettings withRate(@Nullable Rate limit) {
        return new EnhancedSettings(jwt, limit, maxSessions, sessionTimeout);
    }

    public EnhancedSettings withMaxSessions(int connections) {
        return new EnhancedSettings(jwt, rate, connections, sessionTimeout);
    }

    public EnhancedSettings withSessionTimeout(@Nullable Duration idle) {
        return new EnhancedSettings(jwt, rate, maxSessions, idle);
    }
}
