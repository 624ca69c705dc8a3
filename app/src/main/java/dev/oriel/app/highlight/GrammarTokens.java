package dev.oriel.app.highlight;

import dev.oriel.app.highlight.grammar.Grammar;
import dev.oriel.app.highlight.grammar.GrammarLibrary;
import dev.oriel.app.highlight.grammar.LineState;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes the spans of lines with the grammars of the package. Loads a grammar with the first
/// line of its language. Confined to one thread at a time.
final class GrammarTokens implements LineColorer {
    /// The longest line that is coloured, characters.
    static final int MAX_LINE = 2_000;

    static final int MOST_FAILURES = 20;

    private static final System.Logger LOG = System.getLogger(GrammarTokens.class.getName());

    private final ScopeClasses classes = new ScopeClasses();

    /// How often lines of a language failed. Each failure costs time, so after [#MOST_FAILURES] the
    /// language stays plain.
    private final Map<Language, Integer> failures = new EnumMap<>(Language.class);

    private @Nullable GrammarLibrary library;

    @Override
    public Colored color(Language language, String line, @Nullable Object state) {
        if (failures.getOrDefault(language, 0) >= MOST_FAILURES) {
            return new Colored(Spans.NONE, null, 0);
        }
        if (line.length() > MAX_LINE) {
            // What the line opens is not known; the lines after it are coloured as if it were
            // empty.
            return new Colored(Spans.NONE, state, 0);
        }
        try {
            GrammarLibrary grammars =
                    library != null ? library : new GrammarLibrary(Language.grammars());
            library = grammars;
            Grammar.TokenizedLine tokens =
                    grammars.load(language.grammar()).tokenize(line, (LineState) state);
            return new Colored(spans(line, tokens.tokens()), tokens.state(), tokens.steps());
        } catch (RuntimeException | StackOverflowError e) {
            if (failures.merge(language, 1, Integer::sum) == 1) {
                LOG.log(
                        Level.WARNING,
                        "A line of code in " + language.displayName() + " stays plain",
                        e);
            }
            // The next line starts anew: the state itself may have been the cause.
            return new Colored(Spans.NONE, null, 0);
        }
    }

    /// Neighbours of the same class become one span, together with the space between them.
    private Spans spans(String line, List<Grammar.Token> tokens) {
        List<Spans.Span> spans = new ArrayList<>();
        for (Grammar.Token token : tokens) {
            String text = line.substring(token.start(), token.end());
            SyntaxClass kind = text.isBlank() ? null : classes.of(token.scopes(), text);
            if (kind == null) {
                continue;
            }
            Spans.Span last = spans.isEmpty() ? null : spans.getLast();
            if (last != null
                    && last.kind() == kind
                    && line.substring(last.end(), token.start()).isBlank()) {
                spans.set(spans.size() - 1, new Spans.Span(last.start(), token.end(), kind));
            } else {
                spans.add(new Spans.Span(token.start(), token.end(), kind));
            }
        }
        return spans.isEmpty() ? Spans.NONE : new Spans(spans);
    }
}
