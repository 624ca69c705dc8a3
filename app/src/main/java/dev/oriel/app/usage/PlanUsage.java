package dev.oriel.app.usage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much of the user's plan is used, as far as the agent has told. Immutable.
public final class PlanUsage {
    public static final PlanUsage UNKNOWN = new PlanUsage("", Map.of());
    private static final int MAX_LIMITS = 12;

    private final String plan;
    private final Map<String, Limit> limits; // by their names on the wire; never modified

    /// A limit of the plan.
    ///
    /// @param name for the user
    /// @param share the used share, 0 to 1
    /// @param resetsAt when the use counts from zero again; null if unknown
    public record Limit(String name, double share, @Nullable Instant resetsAt) {
        public Limit {
            share = Math.clamp(share, 0, 1);
        }

        public int percent() {
            return (int) Math.round(share * 100);
        }
    }

    private PlanUsage(String plan, Map<String, Limit> limits) {
        this.plan = plan;
        this.limits = limits;
    }

    /// Takes over the reply to `get_usage`, whose numbers are percentages and ISO times.
    PlanUsage withReply(JsonNode reply) {
        JsonNode all = reply.path("rate_limits");
        if (!all.isObject()) {
            return new PlanUsage(reply.path("subscription_type").asText(""), limits);
        }
        Map<String, Limit> found = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : all.properties()) {
            JsonNode used = each.getValue().path("utilization");
            String name = name(each.getKey());
            if (!name.isEmpty() && used.isNumber()) {
                found.put(
                        each.getKey(),
                        new Limit(
                                name,
                                used.asDouble() / 100,
                                iso(each.getValue().path("resets_at"))));
            }
        }
        for (JsonNode scoped : all.path("model_scoped")) {
            String model = scoped.path("display_name").asText("").strip();
            if (!model.isEmpty()
                    && scoped.path("utilization").isNumber()
                    && found.size() < MAX_LIMITS) {
                found.put(
                        "model_scoped " + model,
                        new Limit(
                                "Week, " + model,
                                scoped.path("utilization").asDouble() / 100,
                                iso(scoped.path("resets_at"))));
            }
        }
        return new PlanUsage(reply.path("subscription_type").asText(""), found);
    }

    /// Takes over the `rate_limit_info` of a `rate_limit_event`, whose numbers are shares and
    /// seconds since 1970.
    public PlanUsage withEvent(JsonNode info) {
        String type = info.path("rateLimitType").asText("");
        String name = name(type);
        JsonNode used = info.path("utilization");
        boolean rejected = info.path("status").asText("").equals("rejected");
        if (name.isEmpty() || (!used.isNumber() && !rejected)) {
            return this;
        }
        Map<String, Limit> next = new LinkedHashMap<>(limits);
        next.put(
                type,
                new Limit(
                        name,
                        used.isNumber() ? used.asDouble() : 1,
                        seconds(info.path("resetsAt"))));
        return new PlanUsage(plan, next);
    }

    private static String name(String type) {
        return switch (type) {
            case "five_hour" -> "5 hours";
            case "seven_day" -> "Week";
            case "seven_day_opus" -> "Week, Opus";
            case "seven_day_sonnet" -> "Week, Sonnet";
            case "seven_day_oauth_apps" -> "Week, other apps";
            case "overage", "extra_usage" -> "Extra usage";
            default -> "";
        };
    }

    private static @Nullable Instant iso(JsonNode time) {
        try {
            return time.isTextual() ? Instant.parse(time.textValue()) : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static @Nullable Instant seconds(JsonNode time) {
        boolean sensible = time.canConvertToLong() && time.asLong() > 0 && time.asLong() < 1L << 40;
        return sensible ? Instant.ofEpochSecond(time.asLong()) : null;
    }

    /// The name of the user's subscription, such as "Max"; empty if there is none or it is unknown.
    public String plan() {
        return plan.isEmpty()
                ? ""
                : plan.substring(0, 1).toUpperCase(Locale.ROOT) + plan.substring(1);
    }

    /// The limits that have not been reset since they were reported.
    public List<Limit> limits(Instant now) {
        return current(limits.values(), now);
    }

    private static List<Limit> current(Collection<Limit> all, Instant now) {
        return all.stream().filter(l -> l.resetsAt() == null || l.resetsAt().isAfter(now)).toList();
    }
}
