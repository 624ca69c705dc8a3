package dev.oriel.app.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// How much thinking can be chosen for a model.
public sealed interface ThinkingChoice {
    /// The model has no such choice.
    record None() implements ThinkingChoice {}

    /// One of several levels.
    ///
    /// @param levels names on the wire, from little to much
    record Levels(List<String> levels) implements ThinkingChoice {
        public Levels {
            levels = List.copyOf(levels);
        }
    }

    /// A limit on the number of thinking tokens per response.
    ///
    /// @param limits the numbers that are offered; 0 for no thinking
    record Budget(List<Integer> limits) implements ThinkingChoice {
        public Budget {
            limits = List.copyOf(limits);
        }
    }

    /// The choice of a model in the reply to `initialize`. CLIs up to 2.1.112 do not report what a
    /// model supports; their models think within a budget.
    static ThinkingChoice of(JsonNode model) {
        List<String> levels = new ArrayList<>();
        for (JsonNode level : model.path("supportedEffortLevels")) {
            if (level.isTextual() && !level.textValue().isBlank() && levels.size() < 10) {
                levels.add(level.textValue());
            }
        }
        if (!levels.isEmpty()) {
            return new Levels(levels);
        }
        // A model that thinks as much as it likes has no budget.
        return model.path("supportsAdaptiveThinking").asBoolean()
                ? new None()
                : new Budget(List.of(0, 4_000, 10_000, 31_999));
    }
}
