package dev.oriel.app.highlight.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules inside a rule. They are compiled when the first code reaches them: most code uses only
/// a part of a grammar. Confined to one thread at a time.
final class Patterns {
    private final RuleCompiler compiler;
    private final Repository repository;
    private @Nullable JsonNode source;
    private @Nullable List<Rule> rules;
    private @Nullable List<Rule.Candidate> candidates;

    /// @param source an array of rules
    Patterns(RuleCompiler compiler, Repository repository, JsonNode source) {
        this.compiler = compiler;
        this.repository = repository;
        this.source = source;
    }

    private List<Rule> rules() {
        List<Rule> known = rules;
        if (known == null) {
            known = new ArrayList<>();
            for (JsonNode each : source == null ? List.<JsonNode>of() : source) {
                Rule rule = compiler.compile(each, repository);
                if (rule != null) {
                    known.add(rule);
                }
            }
            rules = known;
            source = null;
        }
        return known;
    }

    /// All rules that can begin here, also those in groups, in the order in which they are tried.
    List<Rule.Candidate> candidates() {
        List<Rule.Candidate> known = candidates;
        if (known == null) {
            known = new ArrayList<>();
            collect(known, new HashSet<>());
            known = List.copyOf(known);
            candidates = known;
        }
        return known;
    }

    private void collect(List<Rule.Candidate> into, Set<Patterns> visited) {
        if (!visited.add(this)) {
            return;
        }
        for (Rule rule : rules()) {
            switch (rule) {
                case Rule.Group g -> g.patterns().collect(into, visited);
                case Rule.Match m -> into.add(new Rule.Candidate(m.regex(), m));
                case Rule.Block b -> into.add(new Rule.Candidate(b.begin(), b));
                case Rule.While w -> into.add(new Rule.Candidate(w.begin(), w));
            }
        }
        visited.remove(this);
    }
}
