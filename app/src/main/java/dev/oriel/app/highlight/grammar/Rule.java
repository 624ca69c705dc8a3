package dev.oriel.app.highlight.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule of a grammar.
sealed interface Rule {
    /// The scope of what the rule matches, which can refer to captured text; null for none.
    @Nullable String name();

    /// Matches within one line.
    record Match(@Nullable String name, LineRegex regex, List<@Nullable Capture> captures)
            implements Rule {}

    /// Only contains other rules.
    record Group(@Nullable String name, Patterns patterns) implements Rule {}

    /// Reaches from its begin to its end, which can be in a later line.
    ///
    /// @param contentName the scope of what is between begin and end; null for none
    /// @param endRefersToBegin whether the end contains references to groups of the begin
    /// @param endLast whether the patterns inside take precedence over the end
    record Block(
            @Nullable String name,
            @Nullable String contentName,
            LineRegex begin,
            List<@Nullable Capture> beginCaptures,
            LineRegex end,
            boolean endRefersToBegin,
            List<@Nullable Capture> endCaptures,
            boolean endLast,
            Patterns patterns)
            implements Rule {}

    /// Reaches from its begin over all following lines that match.
    record While(
            @Nullable String name,
            @Nullable String contentName,
            LineRegex begin,
            List<@Nullable Capture> beginCaptures,
            LineRegex condition,
            boolean conditionRefersToBegin,
            List<@Nullable Capture> conditionCaptures,
            Patterns patterns)
            implements Rule {}

    /// What a group of a regular expression captured.
    ///
    /// @param inner splits the captured text further; null if it is one token
    record Capture(@Nullable String name, @Nullable String contentName, @Nullable Group inner) {}

    /// A rule that can begin at a position, and the expression with which it does.
    record Candidate(LineRegex regex, Rule rule) {}
}
