package dev.oriel.app.find;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.find.HeldHits.Place;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which hit is the current one, and the way to the next, which can be in a part of the
/// conversation that has to be loaded first. Belongs to the JavaFX thread.
final class FindMoves {
    private final FarSearch far;
    private final Shown shown;
    private @Nullable ConversationModel conversation;
    private HeldHits hits = HeldHits.NONE;
    private Goal goal = new Goal.None();
    private @Nullable Anchor current;
    private String origin = "";
    private String note = "";

    /// Shows the current hit.
    interface Shown {
        /// This hit is the current one from now on.
        void show(FindHit hit);

        /// The item of the current hit changed.
        void update(FindHit hit);
    }

    /// What is to be shown once the result is there.
    private sealed interface Goal {
        record None() implements Goal {}

        /// The hit nearest to the reader.
        record Nearest() implements Goal {}

        /// The next hit in a direction, when more is known.
        record Step(boolean forward) implements Goal {}

        /// A hit of a message that is being loaded.
        ///
        /// @param bound only hits beyond this position count
        record Seek(long seq, boolean forward, long bound) implements Goal {}
    }

    /// The current hit.
    private record Anchor(String itemId, int match, int line, int start) {}

    FindMoves(FarSearch far, Shown shown) {
        this.far = far;
        this.shown = shown;
    }

    void setConversation(@Nullable ConversationModel next) {
        conversation = next;
    }

    /// Begins at an item, without a current hit.
    void setOrigin(String itemId) {
        origin = itemId;
        current = null;
    }

    /// Forgets the hits, but not the place.
    void clear() {
        hits = HeldHits.NONE;
        goal = new Goal.None();
        note = "";
    }

    /// Goes to the nearest hit when it is known.
    void seekNearest() {
        goal = new Goal.Nearest();
    }

    /// Whether a part of the conversation is being loaded for a hit.
    boolean isSeeking() {
        return goal instanceof Goal.Seek;
    }

    long total() {
        ConversationModel c = conversation;
        return c == null
                ? 0
                : far.countBefore(c.heldFrom()) + hits.total() + far.countAfter(c.heldTo());
    }

    FindState state(boolean complete) {
        ConversationModel c = conversation;
        Place at = place();
        long ordinal =
                at == null || c == null ? 0 : far.countBefore(c.heldFrom()) + hits.before(at) + 1;
        return FindState.of(ordinal, total(), complete, note);
    }

    private @Nullable Place place() {
        return current == null ? null : hits.find(current.itemId(), current.match());
    }

    void receive(HeldHits now) {
        hits = now;
        Place at = place();
        if (at == null) {
            current = null;
        } else {
            shown.update(hits.hit(at));
        }
    }

    /// Shows what is to be shown, if it is known.
    void reach() {
        switch (goal) {
            case Goal.None() -> {
                // The reader stays.
            }
            case Goal.Nearest() -> reachNearest();
            case Goal.Step(boolean forward) -> step(forward);
            case Goal.Seek seek -> reachSought(seek);
        }
    }

    private void reachNearest() {
        ConversationModel c = conversation;
        if (c == null || hits.items().isEmpty()) {
            return;
        }
        Anchor at = current;
        int item = hits.indexOf(at == null ? origin : at.itemId());
        int from = item < 0 ? hits.items().size() - 1 : item;
        Place before =
                at == null || item < 0
                        ? hits.lastUpTo(from)
                        : hits.lastAtOrBefore(item, at.line(), at.start());
        Place place = before == null ? hits.firstFrom(from) : before;
        if (place != null) {
            show(place);
        } else if (far.previous(c.heldFrom()).isPresent()) {
            seek(far.previous(c.heldFrom()).getAsLong(), false, c.heldFrom());
        } else if (far.isComplete() && far.next(c.heldTo()).isPresent()) {
            seek(far.next(c.heldTo()).getAsLong(), true, c.heldTo());
        }
    }

    private void seek(long seq, boolean forward, long bound) {
        goal = new Goal.Seek(seq, forward, bound);
        if (conversation != null) {
            conversation.goTo(new SearchTarget(seq, List.of(), ""));
        }
    }

    private void reachSought(Goal.Seek seek) {
        ConversationModel c = conversation;
        if (c == null || hits.items().isEmpty()) {
            return;
        }
        if (c.heldFrom() > seek.seq() || c.heldTo() < seek.seq()) {
            return;
        }
        Place place =
                seek.forward() ? hits.firstAfter(seek.bound()) : hits.lastBefore(seek.bound());
        if (place != null) {
            show(place);
            return;
        }
        // The server found it in text that is not shown.
        far.remove(seek.seq());
        OptionalLong more = seek.forward() ? far.next(seek.seq()) : far.previous(seek.seq());
        if (more.isPresent()) {
            seek(more.getAsLong(), seek.forward(), seek.bound());
        } else {
            goal = new Goal.None();
        }
    }

    private void show(Place place) {
        FindHit hit = hits.hit(place);
        goal = new Goal.None();
        current = new Anchor(hit.itemId(), place.match(), hit.line(), hit.start());
        shown.show(hit);
    }

    /// Goes to the next hit in a direction; after the last one, to the first.
    void move(boolean forward) {
        note = "";
        step(forward);
    }

    private void step(boolean forward) {
        ConversationModel c = conversation;
        if (c == null) {
            return;
        }
        Place at = place();
        Place next =
                at == null
                        ? beside(forward, hits.indexOf(origin))
                        : forward ? hits.after(at) : hits.previous(at);
        if (next != null) {
            show(next);
            return;
        }
        long edge = forward ? c.heldTo() : c.heldFrom();
        OptionalLong beyond = forward ? far.next(edge) : far.previous(edge);
        if (beyond.isPresent()) {
            seek(beyond.getAsLong(), forward, edge);
        } else if (!far.isComplete()) {
            goal = new Goal.Step(forward);
        } else {
            wrap(forward, c);
        }
    }

    private @Nullable Place beside(boolean forward, int item) {
        return forward
                ? hits.firstFrom(item + 1)
                : hits.lastUpTo(item < 0 ? hits.items().size() - 1 : item);
    }

    private void wrap(boolean forward, ConversationModel c) {
        goal = new Goal.None();
        note = forward ? "from the start" : "from the end";
        OptionalLong first = forward ? far.next(0) : far.previous(Long.MAX_VALUE);
        boolean isFar =
                first.isPresent()
                        && (forward
                                ? first.getAsLong() < c.heldFrom()
                                : first.getAsLong() > c.heldTo());
        if (isFar) {
            seek(first.getAsLong(), forward, forward ? 0 : Long.MAX_VALUE);
            return;
        }
        Place place = forward ? hits.firstFrom(0) : hits.lastUpTo(hits.items().size() - 1);
        if (place != null) {
            show(place);
        }
    }
}
