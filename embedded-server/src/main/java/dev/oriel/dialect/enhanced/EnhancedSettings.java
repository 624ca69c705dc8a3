package dev.oriel.dialect.enhanced;

import dev.oriel.dialect.RateLimit.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of the enhanced dialect.
///
/// @param jwt accepts clients with a JWT; null if JWTs are not accepted
/// @param rate null for no limit
/// @param maxSessions maximum number of connections on one port
/// @param sessionTimeout how long a client can stay without a frame or a query; null for no limit
public record EnhancedSettings(
        @Nullable JwtCheck jwt,
        @Nullable Rate rate,
        int maxSessions,
        @Nullable Duration sessionTimeout) {

    private static final int MAX_SESSIONS = 512;

    public static EnhancedSettings defaults() {
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
