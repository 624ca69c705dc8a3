package dev.oriel.app.highlight.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// The named rules that can be included at a place of a grammar.
///
/// @param outer of the surrounding rule; null in the outermost one
/// @param rules an object of rules by name
/// @param grammar the whole grammar
record Repository(@Nullable Repository outer, JsonNode rules, JsonNode grammar) {
    /// The repository inside a rule, which can bring rules of its own.
    Repository inside(JsonNode rule) {
        return rule.has("repository")
                ? new Repository(this, rule.get("repository"), grammar)
                : this;
    }

    static Repository of(JsonNode grammar) {
        return new Repository(null, grammar.path("repository"), grammar);
    }

    /// A rule by its name, and the repository that it sees; null if there is none.
    @Nullable Named find(String name) {
        for (Repository r = this; r != null; r = r.outer) {
            JsonNode rule = r.rules.get(name);
            if (rule != null) {
                return new Named(rule, r);
            }
        }
        return null;
    }

    /// A rule and the repository that it sees.
    record Named(JsonNode rule, Repository repository) {}
}
