package dev.oriel.app.sidebar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How long ago something happened, as text.
final class RelativeTime {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private RelativeTime() {}

    /// For example `now`, `5 min`, `2 h`, `3 days`, `11 Oct`.
    static String format(Instant at, Instant now, ZoneId zone) {
        Duration ago = Duration.between(at, now);
        if (ago.toMinutes() < 1) {
            return "now";
        }
        if (ago.toHours() < 1) {
            return ago.toMinutes() + " min";
        }
        LocalDate day = LocalDate.ofInstant(at, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (day.equals(today)) {
            return ago.toHours() + " h";
        }
        if (day.equals(today.minusDays(1))) {
            return "1 day";
        }
        if (day.isAfter(today.minusDays(7))) {
            return (today.toEpochDay() - day.toEpochDay()) + " days";
        }
        return (day.getYear() == today.getYear() ? DAY : YEAR).format(day);
    }

    /// The heading under which a session is listed.
    static String group(Instant at, Instant now, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (!day.isBefore(today)) {
            return "Today";
        }
        if (day.equals(today.minusDays(1))) {
            return "Yesterday";
        }
        return day.isAfter(today.minusDays(7)) ? "Last 7 days" : "Older";
    }
}
