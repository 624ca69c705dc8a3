package dev.oriel.app.highlight.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A grammar that splits text into tokens, line by line. Confined to one thread at a time.
public final class Grammar {
    /// The most steps for one line, in characters read. An ordinary line of code takes some
    /// thousands; the limit is a few hundredths of a second.
    static final long MAX_STEPS = 2_000_000;

    private final GrammarLibrary library;
    private final Rule.Group root;
    private final ScopeStack rootScope;
    private final List<Injection> injections = new ArrayList<>();

    /// Rules that are added wherever a selector matches.
    record Injection(ScopeSelector selector, Patterns patterns) {}

    /// A part of a line.
    ///
    /// @param start of its text, characters
    /// @param end after its text
    public record Token(int start, int end, ScopeStack scopes) {}

    /// @param tokens of the whole line, in their order
    /// @param state for the next line
    /// @param steps how much work it was, in characters read
    /// @param whole whether the line was split up to its end; if not, it took too many steps
    public record TokenizedLine(List<Token> tokens, LineState state, long steps, boolean whole) {}

    Grammar(GrammarLibrary library, JsonNode source) {
        this.library = library;
        RuleCompiler compiler = new RuleCompiler(library, source);
        root = compiler.root();
        rootScope = new ScopeStack(null, source.path("scopeName").asText());
        for (Map.Entry<String, JsonNode> each : source.path("injections").properties()) {
            injections.add(
                    new Injection(
                            ScopeSelector.parse(each.getKey()),
                            new Patterns(
                                    compiler,
                                    Repository.of(source),
                                    each.getValue().path("patterns"))));
        }
    }

    /// Splits the next line.
    ///
    /// @param line without its line break
    /// @param before the state after the line before; null for the first line
    public TokenizedLine tokenize(String line, @Nullable LineState before) {
        BoundedText.Steps steps = new BoundedText.Steps(MAX_STEPS);
        BoundedText text = new BoundedText(line + "\n", steps);
        LineState state =
                before != null
                        ? before
                        : new LineState(
                                null, root, text, -1, -1, false, null, rootScope, rootScope);
        LineTokenizer tokenizer =
                new LineTokenizer(library, injections, text, before == null, line.length());
        boolean whole = true;
        LineState after = state;
        try {
            after = tokenizer.tokenize(state);
        } catch (BoundedText.ExhaustedException _) {
            whole = false;
        }
        return new TokenizedLine(
                tokenizer.tokens(), after, MAX_STEPS - Math.max(0, steps.left()), whole);
    }
}
