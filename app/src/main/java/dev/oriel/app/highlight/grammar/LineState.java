package dev.oriel.app.highlight.grammar;

import org.jspecify.annotations.Nullable;

/// Which rules are open at the end of a line: what the next line needs to know of all lines before
/// it. Immutable; states share their outer part.
public final class LineState {
    /// How many rules can be open. Code that opens more does not end what it begins.
    private static final int MAX_DEPTH = 200;

    final @Nullable LineState outer;
    final Rule rule;
    private final int depth;

    /// The line in which the rule began, and the positions there.
    private final BoundedText line;

    private final int entered;
    private final int anchor;

    final boolean beganAtLineEnd;

    /// The end or the condition of the rule, with the text that its begin captured.
    final @Nullable LineRegex closing;

    /// The scopes of begin and end.
    final ScopeStack scopes;

    /// The scopes between them.
    final ScopeStack contentScopes;

    LineState(
            @Nullable LineState outer,
            Rule rule,
            BoundedText line,
            int entered,
            int anchor,
            boolean beganAtLineEnd,
            @Nullable LineRegex closing,
            ScopeStack scopes,
            ScopeStack contentScopes) {
        this.outer = outer;
        this.rule = rule;
        this.depth = outer == null ? 0 : outer.depth + 1;
        this.line = line;
        this.entered = entered;
        this.anchor = anchor;
        this.beganAtLineEnd = beganAtLineEnd;
        this.closing = closing;
        this.scopes = scopes;
        this.contentScopes = contentScopes;
    }

    /// Where in this line the rule began; -1 if it began in another line.
    int enteredIn(BoundedText current) {
        return current == line ? entered : -1;
    }

    /// The anchor before the rule began; -1 if that was in another line.
    int anchorIn(BoundedText current) {
        return current == line ? anchor : -1;
    }

    /// Whether no further rule can be opened inside.
    boolean isDeepest() {
        return depth >= MAX_DEPTH;
    }

    LineState withContent(ScopeStack content) {
        return new LineState(
                outer, rule, line, entered, anchor, beganAtLineEnd, closing, scopes, content);
    }

    LineState withClosing(LineRegex regex) {
        return new LineState(
                outer, rule, line, entered, anchor, beganAtLineEnd, regex, scopes, contentScopes);
    }
}
