package dev.oriel.app.highlight.grammar;

/// What is known of all matches of an expression, so that it need not be tried everywhere.
///
/// @param start the characters at which a match can start; the bit of the end of the text says
///   whether it can match there
/// @param requirement what the line must contain
record RegexFacts(CharacterSet start, LineRequirement requirement) {
    static final RegexFacts UNKNOWN = new RegexFacts(CharacterSet.ALL, LineRequirement.NONE);
}
