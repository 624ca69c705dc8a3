package dev.oriel.app.conversation.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Notices for the `rate_limit_event`s about the limits of the user's plan. One arrives with every
/// answer, so only a changed one makes a notice.
public final class UsageLimitNotices {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

    /// A share from here on is no share, and not told.
    private static final double MOST_USED = 10;

    private final ZoneId zone;
    private String last = "";
    private @Nullable String firstNews;
    private String firstId = "";

    /// @param zone of the times in the texts
    public UsageLimitNotices(ZoneId zone) {
        this.zone = zone;
    }

    /// @param now when the event arrived; null if unknown
    /// @return null if nothing changed, or no limit is near
    public Item.@Nullable Notice of(String id, JsonNode tree, @Nullable Instant now) {
        JsonNode info = tree.path("rate_limit_info");
        String status = text(info, "status");
        String limit = limit(text(info, "rateLimitType"));
        boolean overage = info.path("isUsingOverage").asBoolean();
        String news = status + '/' + limit + '/' + overage + '/' + info.path("resetsAt").asText();
        boolean known = news.equals(last);
        last = news;
        if (firstNews == null) {
            firstNews = news;
            firstId = id;
        }
        if (known) {
            return null;
        }
        String reset = reset(info.path("resetsAt"), now);
        return switch (status) {
            case "allowed_warning" -> {
                double used = info.path("utilization").asDouble(0);
                String share =
                        used > 0 && used < MOST_USED
                                ? "%d %% of %s is used.".formatted(Math.round(used * 100), limit)
                                : "%s is nearly used up.".formatted(capital(limit));
                yield notice(id, tree, Level.WARNING, share + reset);
            }
            case "rejected" ->
                    notice(
                            id,
                            tree,
                            overage ? Level.WARNING : Level.ERROR,
                            capital(limit)
                                    + " is used up."
                                    + reset
                                    + (overage ? " Extra usage is charged until then." : ""));
            default -> null;
        };
    }

    /// Joins the part of the conversation that comes right before this one.
    ///
    /// @return the id of a notice of this part that repeats what the older part tells; empty for
    ///   none
    public String joinOlder(UsageLimitNotices older) {
        String repeated = older.last.equals(firstNews) ? firstId : "";
        if (firstNews == null) {
            last = older.last;
        }
        if (older.firstNews != null) {
            firstNews = older.firstNews;
            firstId = older.firstId;
        }
        return repeated;
    }

    private static Item.Notice notice(String id, JsonNode tree, Level level, String text) {
        return new Item.Notice(id, tree.path("seq").asLong(0), level, text, List.of())
                .withUntil(instant(tree.path("rate_limit_info").path("resetsAt")));
    }

    private static String limit(String type) {
        return switch (type) {
            case "five_hour" -> "the 5-hour limit of your plan";
            case "seven_day" -> "the weekly limit of your plan";
            case "seven_day_opus" -> "the weekly limit of your plan for Opus";
            case "seven_day_sonnet" -> "the weekly limit of your plan for Sonnet";
            case "overage" -> "the limit of your extra usage";
            default -> "the usage limit of your plan";
        };
    }

    private String reset(JsonNode at, @Nullable Instant now) {
        Instant when = instant(at);
        if (when == null) {
            return "";
        }
        try {
            ZonedDateTime then = when.atZone(zone);
            boolean today =
                    now != null && LocalDate.ofInstant(now, zone).equals(then.toLocalDate());
            return " It resets "
                    + (today ? "at " + TIME.format(then) : "on " + DAY.format(then))
                    + ".";
        } catch (DateTimeException _) {
            return "";
        }
    }

    /// @param at seconds since 1970
    private static @Nullable Instant instant(JsonNode at) {
        try {
            return at.isNumber() && at.asLong() > 0 ? Instant.ofEpochSecond(at.asLong()) : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
