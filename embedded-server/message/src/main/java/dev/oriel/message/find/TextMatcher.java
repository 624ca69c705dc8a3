package dev.oriel.message.find;

/// Finds what a [TextQuery] describes. A match is within one line, is not empty, and does not
/// overlap the one before it. Immutable; any thread.
public sealed interface TextMatcher permits LiteralMatcher, RegexMatcher {
    /// The most matches that are found in one text. More of them help nobody.
    int MAX_MATCHES = 20_000;

    /// Receives matches in their order.
    @FunctionalInterface
    interface Sink {
        /// A match.
        ///
        /// @param start its first UTF-16 unit
        /// @param end the unit after its last one
        void accept(int start, int end);
    }

    /// Finds all matches in a text.
    ///
    /// @param text its lines end with line feeds
    /// @param deadline when the search is given up; for a text as it is not before a second has
    ///   passed since the call, unless the result is no longer wanted
    /// @param sink receives the matches
    /// @return the number of matches, at most [#MAX_MATCHES]
    /// @throws SlowQueryException if the deadline has passed, or a regular expression needs too
    ///   much memory
    int find(String text, SearchDeadline deadline, Sink sink) throws SlowQueryException;
}
