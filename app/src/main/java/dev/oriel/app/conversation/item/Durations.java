package dev.oriel.app.conversation.item;

import java.time.Duration;

/// Durations as text.
public final class Durations {
    private Durations() {}

    /// `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
    public static String format(Duration span) {
        // Times of others can be as far apart as can be, which no number of milliseconds expresses.
        long s = Math.max(0, span.toSeconds());
        if (s == 0) {
            int ms = span.isNegative() ? 0 : span.toMillisPart();
            return ms < 100 ? "0.1 s" : "0.%d s".formatted(ms / 100);
        }
        if (s < 60) {
            return s + " s";
        }
        if (s < 3_600) {
            return s % 60 == 0 ? s / 60 + " min" : "%d min %d s".formatted(s / 60, s % 60);
        }
        return "%d h %d min".formatted(s / 3_600, s % 3_600 / 60);
    }
}
