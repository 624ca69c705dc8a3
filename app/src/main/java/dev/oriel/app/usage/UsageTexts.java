package dev.oriel.app.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Costs and times of the panel about usage, as text.
final class UsageTexts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

    private UsageTexts() {}

    /// @param dollars at least 0
    static String cost(double dollars) {
        if (dollars > 0 && dollars < 0.0001) {
            return "less than $0.0001";
        }
        return String.format(
                Locale.ROOT, dollars > 0 && dollars < 0.1 ? "$%.4f" : "$%.2f", dollars);
    }

    /// When a limit counts from zero again; empty if that is unknown.
    static String reset(@Nullable Instant at, Instant now, ZoneId zone) {
        if (at == null) {
            return "";
        }
        ZonedDateTime then = at.atZone(zone);
        boolean today = LocalDate.ofInstant(now, zone).equals(then.toLocalDate());
        String moment = today ? "at " + TIME.format(then) : "on " + DAY.format(then);
        return "resets " + moment + ", in " + duration(Duration.between(now, at));
    }

    private static String duration(Duration left) {
        long minutes = Math.max(1, left.toMinutes());
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48
                ? hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
                : hours / 24 + " days";
    }
}
