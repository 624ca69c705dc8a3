package dev.oriel.app.highlight.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds which rule begins next, or whether the innermost open rule ends before.
final class RuleFinder {
    /// Expressions whose last match is asked for in the time of a step.
    private static final int CANDIDATES_PER_STEP = 4;

    private final List<Grammar.Injection> injections;

    RuleFinder(List<Grammar.Injection> injections) {
        this.injections = injections;
    }

    /// @param at where a match can start
    /// @param anchor where the last rule ended; -1 if that was in another line
    /// @param first whether this is the first line of the text
    /// @return null if nothing follows in this text
    @Nullable RuleMatch find(LineState state, BoundedText text, int at, int anchor, boolean first) {
        RuleMatch own = best(ownCandidates(state.rule), state, text, at, anchor, first, true);
        RuleMatch injected = null;
        boolean precedes = false;
        if (!injections.isEmpty()) {
            List<String> scopes = state.contentScopes.names();
            text.spend(scopes.size() * injections.size());
            for (Grammar.Injection each : injections) {
                if (each.selector().selects().test(scopes)) {
                    RuleMatch candidate =
                            best(
                                    each.patterns().candidates(),
                                    state,
                                    text,
                                    at,
                                    anchor,
                                    first,
                                    false);
                    if (candidate != null
                            && (injected == null || candidate.start() < injected.start())) {
                        injected = candidate;
                        precedes = each.selector().first();
                    }
                }
            }
        }
        if (own == null || injected == null) {
            return own == null ? injected : own;
        }
        boolean takes =
                injected.start() < own.start() || (precedes && injected.start() == own.start());
        return takes ? injected : own;
    }

    private static List<Rule.Candidate> ownCandidates(Rule rule) {
        return switch (rule) {
            case Rule.Group g -> g.patterns().candidates();
            case Rule.Block b -> b.patterns().candidates();
            case Rule.While w -> w.patterns().candidates();
            case Rule.Match _ -> List.of();
        };
    }

    private static @Nullable RuleMatch best(
            List<Rule.Candidate> candidates,
            LineState state,
            BoundedText text,
            int at,
            int anchor,
            boolean first,
            boolean withEnd) {
        text.spend(candidates.size() / CANDIDATES_PER_STEP);
        boolean atAnchor = at == anchor;
        LineRegex best = null;
        Rule rule = null;
        int start = Integer.MAX_VALUE;
        Rule.Block block = withEnd && state.rule instanceof Rule.Block b ? b : null;
        LineRegex end = block == null ? null : state.closing == null ? block.end() : state.closing;
        if (end != null && block != null && !block.endLast()) {
            int found = end.find(text, at, first, atAnchor);
            if (found >= 0) {
                best = end;
                start = found;
            }
        }
        for (int i = 0; i < candidates.size() && start > at; i++) {
            Rule.Candidate each = candidates.get(i);
            int found = each.regex().find(text, at, first, atAnchor);
            if (found >= 0 && found < start) {
                best = each.regex();
                rule = each.rule();
                start = found;
            }
        }
        if (end != null && block != null && block.endLast() && start > at) {
            int found = end.find(text, at, first, atAnchor);
            if (found >= 0 && found < start) {
                best = end;
                rule = null;
            }
        }
        return best == null ? null : new RuleMatch(rule, best.groups(first, atAnchor));
    }
}
