package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Items that show a time that passes: what runs shows for how long, in seconds; a notice shows
/// when it is over, in minutes, in the last minute in seconds. Pure.
public final class LiveTime {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private LiveTime() {}

    /// A number that changes whenever another time is to be shown; the same for an item that shows
    /// none.
    static long step(Item item, Instant now) {
        if (isRunning(item)) {
            return now.getEpochSecond();
        }
        Duration left = left(item, now);
        return left.isZero()
                ? 0
                : left.compareTo(MINUTE) <= 0 ? seconds(left) : MINUTE.toSeconds() + minutes(left);
    }

    /// How long the time that is shown stays right; null if nothing is to be shown later.
    public static @Nullable Duration untilNext(Item item, Instant now) {
        if (isRunning(item)) {
            return SECOND;
        }
        Duration left = left(item, now);
        if (left.isZero()) {
            return null;
        }
        return left.compareTo(MINUTE) <= 0
                ? left.minusSeconds(seconds(left) - 1)
                : left.minusMinutes(minutes(left) - 1);
    }

    /// How long it is until a notice is over; zero if it is, or if that is unknown.
    static Duration left(Item item, Instant now) {
        Instant until = item instanceof Item.Notice n ? n.until() : null;
        return until == null || !until.isAfter(now) ? Duration.ZERO : Duration.between(now, until);
    }

    /// Begun seconds.
    private static long seconds(Duration left) {
        return left.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /// Begun minutes.
    private static long minutes(Duration left) {
        return left.plusMinutes(1).minusNanos(1).toMinutes();
    }

    private static boolean isRunning(Item item) {
        return switch (item) {
            case Item.Tool t -> t.run().isRunning();
            case Item.Thinking t -> t.open() && t.since() != null;
            default -> false;
        };
    }

    /// For example "in 2 h 5 min"; empty if the notice is over.
    static String text(Item.Notice notice, Instant now) {
        Duration left = left(notice, now);
        if (left.isZero()) {
            return "";
        }
        if (left.compareTo(MINUTE) <= 0) {
            return "in %d s".formatted(seconds(left));
        }
        long minutes = minutes(left);
        long days = minutes / (24 * 60);
        long hours = minutes / 60 % 24;
        if (days > 0) {
            return hours == 0 ? "in %d d".formatted(days) : "in %d d %d h".formatted(days, hours);
        }
        long rest = minutes % 60;
        return hours == 0
                ? "in %d min".formatted(rest)
                : rest == 0 ? "in %d h".formatted(hours) : "in %d h %d min".formatted(hours, rest);
    }
}
