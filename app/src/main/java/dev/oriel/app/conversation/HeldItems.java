package dev.oriel.app.conversation;

import dev.oriel.app.conversation.fold.MessageFields;
import dev.oriel.app.conversation.fold.StreamedAnswer;
import dev.oriel.app.conversation.fold.Timeline;
import dev.oriel.app.conversation.fold.UnsentItems;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.paging.PageWindow;
import dev.oriel.app.conversation.paging.RewoundRanges;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of the held part of a conversation: pages are joined to it at both ends, and items far
/// from the reader are dropped. The [PageWindow] records which messages are held.
///
/// The answer that is being streamed and the prompts that were not sent outlive the held part.
/// Belongs to the JavaFX thread.
final class HeldItems {
    /// The most items held, unless the reader sees more at once.
    static final int MAX_ITEMS = 600;

    /// Items that stay on either side of the reader when others are dropped.
    static final int MARGIN = 150;

    private final PageWindow window;
    private final StreamedAnswer streamed = new StreamedAnswer();
    private final UnsentItems unsent = new UnsentItems();
    private final RewoundRanges rewound = new RewoundRanges();
    private Timeline timeline = new Timeline(streamed, unsent);

    HeldItems(PageWindow window) {
        this.window = window;
    }

    /// The items in order. A view that changes with the next message.
    List<Item> items() {
        return timeline.items();
    }

    /// Holds another part of the conversation. [#showStreamed()] completes it.
    ///
    /// @param part oldest first
    /// @param before whether there are messages before it
    /// @param after whether there are messages after it
    void replace(List<Message> part, boolean before, boolean after) {
        timeline = new Timeline(streamed, unsent);
        timeline.append(visible(part));
        window.replace(
                part.isEmpty() ? 1 : seq(part.getFirst()),
                part.isEmpty() ? 0 : seq(part.getLast()),
                before,
                after);
        if (!before) {
            timeline.markStart();
        }
    }

    /// Adds the answer that is being streamed, if the end of the conversation is held.
    void showStreamed() {
        if (!window.hasMoreAfter()) {
            streamed.markAllChanged();
            timeline.flushStreamed();
        }
    }

    /// Adds an older page, unless it no longer adjoins the held part.
    ///
    /// @param more whether there are messages before it
    void prepend(List<Message> older, boolean more) {
        if (!window.receiveOlder(more)) {
            return;
        }
        List<Message> missing = older.stream().filter(m -> seq(m) < window.firstSeq()).toList();
        if (!missing.isEmpty()) {
            Timeline page = new Timeline(new StreamedAnswer(), new UnsentItems());
            page.append(visible(missing));
            window.extendBefore(seq(missing.getFirst()));
            timeline.prepend(page);
        }
        if (!more) {
            timeline.markStart();
        }
    }

    /// Adds a newer page, unless it no longer adjoins the held part.
    ///
    /// @param more whether there are messages after it
    /// @return whether it was added
    boolean append(List<Message> newer, boolean more) {
        long end = window.endSeq();
        List<Message> missing = newer.stream().filter(m -> seq(m) > end).toList();
        if (!window.receiveNewer(missing.isEmpty() ? end : seq(missing.getLast()), more)) {
            return false;
        }
        timeline.append(visible(missing));
        showStreamed();
        return true;
    }

    /// The messages of a page that were not rewound.
    List<Message> visible(List<Message> page) {
        page.forEach(m -> rewound.learn(m, window));
        return page.stream().filter(m -> !rewound.contains(seq(m))).toList();
    }

    /// Learns from messages of the session's socket.
    ///
    /// @return whether items are held that are no longer part of the conversation
    boolean learnRewound(List<Message> messages) {
        boolean held = false;
        for (Message m : messages) {
            held |= rewound.learn(m, window);
        }
        return held;
    }

    /// Follows a message of a page that was added, so that the answer being streamed is right.
    void track(Message message) {
        streamed.track(message);
    }

    /// Applies new messages of the session's socket.
    ///
    /// @return how many items arrived; messages where the end is not held
    long receive(List<Message> messages, Instant now) {
        int before = items().size();
        long unheld = 0;
        for (Message m : messages) {
            if (m.is(MessageType.SYSTEM, SystemSubtype.ORIEL_UNSENT)) {
                unsent.update(m.tree());
            }
            if (window.hasMoreAfter()) {
                streamed.track(m);
                unheld += seq(m) > 0 ? 1 : 0;
            } else {
                timeline.apply(m, now);
                window.extendAfter(seq(m));
            }
        }
        if (window.hasMoreAfter()) {
            return unheld;
        }
        timeline.flushStreamed();
        return Math.max(0, items().size() - before);
    }

    /// The user resolved an ask, or it was withdrawn.
    void removeAsk(String requestId, Instant now) {
        timeline.removeAsk(requestId, now);
    }

    /// @return the prompt that takes a step, once; empty if there is nothing to do any more
    String take(NextStep step) {
        return timeline.take(step);
    }

    /// The search hit that is sought, with its item; null if there is none, or it is not held.
    SearchTarget.@Nullable Located locatedTarget() {
        SearchTarget target = window.target().filter(t -> window.isHeld(t.seq())).orElse(null);
        String item = target == null ? null : timeline.itemOf(target.seq());
        return target == null || item == null ? null : new SearchTarget.Located(item, target);
    }

    /// Drops items if there are too many, at the end that is farther from the reader.
    ///
    /// @param first index of the first visible item
    /// @param last index of the last visible item
    /// @return whether items were dropped
    boolean trimAround(int first, int last) {
        int size = items().size();
        return size > MAX_ITEMS
                && (first > size - last
                        ? trimBefore(first)
                        : trimAfter(Math.min(size, last + MARGIN)));
    }

    /// Drops items far before the reader if there are too many.
    ///
    /// @param firstVisible index of the first visible item
    /// @return whether items were dropped
    boolean trimBefore(int firstVisible) {
        int size = items().size();
        int n = Math.min(firstVisible - MARGIN, size - MAX_ITEMS + MARGIN);
        if (size <= MAX_ITEMS || n <= 0) {
            return false;
        }
        window.trimBefore(timeline.dropFirst(n));
        return true;
    }

    private boolean trimAfter(int keep) {
        long gone = timeline.dropAfter(keep);
        if (gone == 0) {
            return false;
        }
        window.trimAfter(gone - 1);
        return true;
    }

    private static long seq(Message m) {
        return MessageFields.seq(m.tree());
    }
}
