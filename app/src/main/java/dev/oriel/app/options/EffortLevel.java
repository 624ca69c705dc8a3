package dev.oriel.app.options;

import java.util.Locale;

/// Names of effort levels and thinking budgets for the user.
public final class EffortLevel {
    /// The name of the agent's default.
    public static final String DEFAULT = "Default effort";

    private EffortLevel() {}

    /// @param level its name on the wire
    public static String name(String level) {
        return switch (level) {
            case "low" -> "Low effort";
            case "medium" -> "Medium effort";
            case "high" -> "High effort";
            case "xhigh" -> "Extra high effort";
            case "max" -> "Max effort";
            // A level of a newer agent.
            default -> "Effort: " + level;
        };
    }

    /// @param level its name on the wire
    public static String description(String level) {
        return switch (level) {
            case "low" -> "fastest, thinks least";
            case "medium" -> "balances speed and thinking";
            case "high" -> "thinks more before it answers";
            case "xhigh" -> "thinks much more, slower and costlier";
            case "max" -> "thinks as long as it takes, slowest and costliest";
            default -> "";
        };
    }

    /// @param limit thinking tokens per response; 0 for no thinking
    public static String budgetName(int limit) {
        return limit == 0
                ? "No thinking"
                : String.format(Locale.ROOT, "Thinking up to %,d tokens", limit);
    }
}
