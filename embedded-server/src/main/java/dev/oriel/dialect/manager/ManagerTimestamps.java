package dev.oriel.dialect.manager;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// Times in the system's format: local, without a zone, in microseconds (wire.md 5.4).
final class ManagerTimestamps {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter LOCAL_WHOLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter ZONED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final DateTimeFormatter ZONED_WHOLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private ManagerTimestamps() {}

    static String format(Instant time) {
        return LOCAL.format(LocalDateTime.ofInstant(time, ZoneId.systemDefault()));
    }

    /// Normalizes a client's time: `Z` becomes `+00:00`, and a fraction has six digits.
    ///
    /// @return empty if it is not a time
    static Optional<String> normalize(String given) {
        try {
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            given, OffsetDateTime::from, LocalDateTime::from);
            boolean whole = time.get(ChronoField.MICRO_OF_SECOND) == 0;
            DateTimeFormatter form =
                    time instanceof OffsetDateTime
                            ? (whole ? ZONED_WHOLE : ZONED)
                            : (whole ? LOCAL_WHOLE : LOCAL);
            return Optional.of(form.format(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
