package dev.oriel.app.highlight;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of code and what is known of their colours. Guarded by the lock of its highlighter; the
/// lines themselves never change.
final class HighlightedBlock {
    private static final int FIRST_NEWS = 50;

    private final Language language;
    private final List<String> lines;
    private final List<Spans> spans = new ArrayList<>();

    /// The state after each of these lines.
    private final List<@Nullable Object> states = new ArrayList<>();

    /// The colours of the line after them, when it was shorter; null if it was not there.
    private @Nullable Spans provisional;

    private long cost;

    /// From how many lines on the listeners are notified again. The number doubles, so that a long
    /// block is rendered only a few times until it is complete.
    private int nextNews;

    private @Nullable ColoredLines snapshot;
    private @Nullable HighlightedBlock successor;
    private boolean dropped;

    HighlightedBlock(Language language, List<String> lines) {
        this.language = language;
        this.lines = lines;
        nextNews = FIRST_NEWS;
    }

    Language language() {
        return language;
    }

    List<String> lines() {
        return lines;
    }

    /// Takes over what is known of an earlier block in the same language, as far as the lines are
    /// equal.
    ///
    /// @return whether this block continues the earlier one
    boolean continueFrom(HighlightedBlock earlier) {
        int equal = 0;
        while (equal < earlier.lines.size()
                && equal < lines.size()
                && earlier.lines.get(equal).equals(lines.get(equal))) {
            equal++;
        }
        int known = Math.min(equal, earlier.spans.size());
        if (known > spans.size()) {
            spans.addAll(earlier.spans.subList(spans.size(), known));
            states.addAll(earlier.states.subList(states.size(), known));
            cost = earlier.cost;
            nextNews = known + FIRST_NEWS;
        }
        int next = spans.size();
        boolean same =
                next < lines.size()
                        && next < earlier.lines.size()
                        && lines.get(next).startsWith(earlier.lines.get(next));
        if (same && next <= earlier.spans.size()) {
            provisional =
                    next < earlier.spans.size() ? earlier.spans.get(next) : earlier.provisional;
        }
        boolean atLast = equal == earlier.lines.size() - 1 && equal < lines.size();
        boolean longer = atLast && lines.get(equal).startsWith(earlier.lines.get(equal));
        snapshot = null;
        return longer || equal == earlier.lines.size();
    }

    /// The block that continues this one and replaces it; null if there is none.
    @Nullable HighlightedBlock successor() {
        return successor;
    }

    void setSuccessor(HighlightedBlock block) {
        successor = block;
    }

    /// Nobody asks for this block any more.
    void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    int done() {
        return spans.size();
    }

    @Nullable Object lastState() {
        return states.isEmpty() ? null : states.getLast();
    }

    boolean isComplete() {
        return spans.size() == lines.size() || cost > CodeHighlighter.MAX_COST;
    }

    /// Adds the colours of the next lines.
    ///
    /// @return whether it is time to show them
    boolean append(List<LineColorer.Colored> next) {
        for (LineColorer.Colored line : next) {
            spans.add(line.spans());
            states.add(line.state());
            cost += line.cost();
        }
        if (!next.isEmpty()) {
            provisional = null;
        }
        boolean news = isComplete() || spans.size() >= nextNews;
        if (news) {
            snapshot = null;
            nextNews = spans.size() * 2;
        }
        return news;
    }

    /// What can be shown.
    ColoredLines colors() {
        ColoredLines known = snapshot;
        if (known == null) {
            List<Spans> shown = new ArrayList<>(spans);
            if (provisional != null) {
                shown.add(provisional);
            }
            known = new ColoredLines(List.copyOf(shown), isComplete());
            snapshot = known;
        }
        return known;
    }
}
