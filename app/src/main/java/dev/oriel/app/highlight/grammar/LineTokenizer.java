package dev.oriel.app.highlight.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits one line. The algorithm is that of the reference implementation, `vscode-textmate`
/// (`tokenizeString.ts`), for which the grammars are written.
final class LineTokenizer {
    private final GrammarLibrary library;
    private final RuleFinder finder;
    private final BoundedText whole;
    private final boolean firstLine;
    private final int length;
    private final List<Grammar.Token> tokens = new ArrayList<>();
    private int produced;

    /// @param length of the line without its line break
    LineTokenizer(
            GrammarLibrary library,
            List<Grammar.Injection> injections,
            BoundedText whole,
            boolean firstLine,
            int length) {
        this.library = library;
        this.finder = new RuleFinder(injections);
        this.whole = whole;
        this.firstLine = firstLine;
        this.length = length;
    }

    List<Grammar.Token> tokens() {
        return tokens;
    }

    /// @return the state at the end of the line
    LineState tokenize(LineState before) {
        return new Pass(whole, before, firstLine, 0, -1).checkConditions().run();
    }

    private void produce(ScopeStack scopes, int to) {
        int end = Math.min(to, length);
        if (end > produced) {
            tokens.add(new Grammar.Token(produced, end, scopes));
            produced = end;
        }
    }

    /// One pass over a text: the line, or a captured part of it.
    private final class Pass {
        private final BoundedText text;
        private LineState state;
        private boolean first;
        private int at;
        private int anchor;

        Pass(BoundedText text, LineState state, boolean first, int at, int anchor) {
            this.text = text;
            this.state = state;
            this.first = first;
            this.at = at;
            this.anchor = anchor;
        }

        LineState run() {
            while (next()) {
                // Each step advances, or ends the pass.
            }
            return state;
        }

        /// Closes the rules whose condition this line does not meet.
        private Pass checkConditions() {
            anchor = state.beganAtLineEnd ? 0 : -1;
            Deque<LineState> conditional = new ArrayDeque<>();
            for (LineState s = state; s != null; s = s.outer) {
                if (s.rule instanceof Rule.While) {
                    conditional.push(s);
                }
            }
            for (LineState s : conditional) {
                Rule.While rule = (Rule.While) s.rule;
                LineRegex condition = s.closing == null ? rule.condition() : s.closing;
                if (condition.find(text, at, first, at == anchor) < 0) {
                    state = outer(s);
                    break;
                }
                int[] groups = condition.groups(first, at == anchor);
                produce(s.contentScopes, groups[0]);
                capture(s, rule.conditionCaptures(), groups);
                produce(s.contentScopes, groups[1]);
                anchor = groups[1];
                if (groups[1] > at) {
                    at = groups[1];
                    first = false;
                }
            }
            return this;
        }

        private LineState outer(LineState inner) {
            return inner.outer == null ? inner : inner.outer;
        }

        /// @return whether the pass goes on
        private boolean next() {
            RuleMatch found = finder.find(state, text, at, anchor, first);
            if (found == null) {
                produce(state.contentScopes, text.length());
                return false;
            }
            boolean goesOn = found.rule() == null ? close(found) : open(found, found.rule());
            if (found.end() > at) {
                at = found.end();
                first = false;
            }
            return goesOn;
        }

        private boolean close(RuleMatch found) {
            LineState closed = state;
            produce(closed.contentScopes, found.start());
            state = closed.withContent(closed.scopes);
            if (closed.rule instanceof Rule.Block b) {
                capture(state, b.endCaptures(), found.groups());
            }
            produce(state.contentScopes, found.end());
            state = outer(closed);
            anchor = closed.anchorIn(text);
            if (found.end() <= at && closed.enteredIn(text) == at) {
                // It began and ended without advancing: the grammar would loop.
                state = closed;
                produce(state.contentScopes, text.length());
                return false;
            }
            return true;
        }

        private boolean open(RuleMatch found, Rule rule) {
            LineState before = state;
            produce(before.contentScopes, found.start());
            ScopeStack scopes =
                    before.contentScopes.push(CapturedText.fill(rule.name(), text, found.groups()));
            state =
                    new LineState(
                            before,
                            rule,
                            text,
                            at,
                            anchor,
                            found.end() == text.length(),
                            null,
                            scopes,
                            scopes);
            return switch (rule) {
                case Rule.Block b when before.isDeepest() -> skip(b.beginCaptures(), found, before);
                case Rule.While w when before.isDeepest() -> skip(w.beginCaptures(), found, before);
                case Rule.Block b -> {
                    capture(state, b.beginCaptures(), found.groups());
                    yield opened(
                            found,
                            before,
                            b.contentName(),
                            b.endRefersToBegin() ? filled(b.end(), found) : null);
                }
                case Rule.While w -> {
                    capture(state, w.beginCaptures(), found.groups());
                    yield opened(
                            found,
                            before,
                            w.contentName(),
                            w.conditionRefersToBegin() ? filled(w.condition(), found) : null);
                }
                case Rule.Match m -> skip(m.captures(), found, before);
                case Rule.Group _ -> throw new IllegalStateException("a group does not match");
            };
        }

        /// Splits the text of a match, after which the rules are open that were open before.
        private boolean skip(
                List<Rule.@Nullable Capture> captures, RuleMatch found, LineState before) {
            capture(state, captures, found.groups());
            produce(state.contentScopes, found.end());
            state = before;
            if (found.end() > at) {
                return true;
            }
            state = outer(state);
            produce(state.contentScopes, text.length());
            return false;
        }

        @SuppressWarnings("ReferenceEquality") // rules with the same content are different rules
        private boolean opened(
                RuleMatch found,
                LineState before,
                @Nullable String contentName,
                @Nullable LineRegex closing) {
            produce(state.contentScopes, found.end());
            anchor = found.end();
            state =
                    state.withContent(
                            state.scopes.push(
                                    CapturedText.fill(contentName, text, found.groups())));
            if (closing != null) {
                state = state.withClosing(closing);
            }
            if (found.end() <= at && before.rule == state.rule) {
                // It opens itself without advancing: the grammar would loop.
                state = before;
                produce(state.contentScopes, text.length());
                return false;
            }
            return true;
        }

        /// The expression with the text that the begin captured.
        private LineRegex filled(LineRegex regex, RuleMatch found) {
            return library.closing(CapturedText.fillRegex(regex.source(), text, found.groups()));
        }

        private void capture(LineState in, List<Rule.@Nullable Capture> captures, int[] groups) {
            Deque<Open> open = new ArrayDeque<>();
            int count = Math.min(captures.size(), groups.length / 2);
            for (int i = 0; i < count; i++) {
                Rule.Capture capture = captures.get(i);
                int start = groups[2 * i];
                int end = Math.min(groups[2 * i + 1], text.length());
                if (capture == null || start < 0 || end <= start) {
                    continue;
                }
                if (start > groups[1]) {
                    break;
                }
                closeUntil(open, start);
                ScopeStack around = open.isEmpty() ? in.contentScopes : open.getFirst().scopes();
                produce(around, start);
                if (capture.inner() != null && !in.isDeepest()) {
                    split(in, capture, capture.inner(), start, end, groups);
                } else if (capture.name() != null) {
                    String name = CapturedText.fill(capture.name(), text, groups);
                    open.push(new Open(around.push(name), end));
                }
            }
            closeUntil(open, Integer.MAX_VALUE);
        }

        private void closeUntil(Deque<Open> open, int position) {
            while (!open.isEmpty() && open.getFirst().end() <= position) {
                Open closed = open.pop();
                produce(closed.scopes(), closed.end());
            }
        }

        private void split(
                LineState in,
                Rule.Capture capture,
                Rule.Group inner,
                int start,
                int end,
                int[] groups) {
            BoundedText part = text.prefix(end);
            ScopeStack scopes =
                    in.contentScopes.push(CapturedText.fill(capture.name(), text, groups));
            ScopeStack content =
                    scopes.push(CapturedText.fill(capture.contentName(), text, groups));
            LineState nested =
                    new LineState(in, inner, part, start, -1, false, null, scopes, content);
            new Pass(part, nested, first && start == 0, start, -1).run();
        }
    }

    /// A captured group that is not finished, because others can be inside it.
    private record Open(ScopeStack scopes, int end) {}
}
