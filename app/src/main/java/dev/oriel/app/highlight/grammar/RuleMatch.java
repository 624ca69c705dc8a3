package dev.oriel.app.highlight.grammar;

import org.jspecify.annotations.Nullable;

/// A match of a rule, or of the end of the innermost open rule.
///
/// @param rule null for the end
/// @param groups start and end of each group
record RuleMatch(@Nullable Rule rule, int[] groups) {
    int start() {
        return groups[0];
    }

    int end() {
        return groups[1];
    }
}
