package dev.oriel.app.conversation.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.Item.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to the API that failed and is sent again, as `system/api_retry` reports it.
///
/// @param trouble why it failed, a sentence without its full stop
/// @param attempt number of the coming attempt, from 1
/// @param of the most attempts
/// @param delay until the coming attempt
public record ApiRetry(String trouble, int attempt, int of, Duration delay) {
    public static ApiRetry of(JsonNode retry) {
        return new ApiRetry(
                trouble(retry.path("error_status").asInt(0)),
                retry.path("attempt").asInt(1),
                retry.path("max_retries").asInt(1),
                Duration.ofMillis(Math.max(0, retry.path("retry_delay_ms").asLong(0))));
    }

    private static String trouble(int status) {
        return switch (status) {
            case 0 -> "No connection to Claude";
            case 401, 403 -> "Claude did not accept the login (%d)".formatted(status);
            case 429 -> "Too many requests for now (429)";
            case 529 -> "Claude is overloaded (529)";
            default -> "Claude answered with error %d".formatted(status);
        };
    }

    /// The notice while it is tried again.
    ///
    /// @param at when it was reported; null if unknown
    public Notice running(String id, long seq, @Nullable Instant at) {
        String text = "%s. Trying again, attempt %d of %d.".formatted(trouble, attempt, of);
        return new Notice(id, seq, Level.WARNING, text, List.of())
                .withUntil(at == null ? null : at.plus(delay));
    }

    /// The notice once Claude has answered, or all attempts have failed.
    public Notice over(String id, long seq) {
        String times = attempt == 1 ? "once" : attempt + " times";
        return new Notice(
                id, seq, Level.QUIET, "Retried %s: %s".formatted(times, trouble), List.of());
    }
}
