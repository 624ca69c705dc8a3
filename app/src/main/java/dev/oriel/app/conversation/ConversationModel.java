package dev.oriel.app.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One session as the window holds it: a bounded stretch of its items, and the facts about it.
///
/// The stretch starts as the latest page. Older pages are asked for when the reader comes near its
/// start, newer ones when it no longer reaches the end, and what is far from the reader is dropped,
/// so that memory does not grow with the conversation.
///
/// Belongs to the JavaFX thread. Life: made per session; [#open] once the latest page is there (a
/// session without messages needs none); then [#accept] for everything that comes over the
/// session's socket. After a broken connection the socket resumes after [#lastSeq()]; what comes
/// twice counts once.
public final class ConversationModel {
    /// The most items held, as long as the reader does not see more at once.
    static final int MAX_ITEMS = 600;

    /// Items that stay on either side of the reader when others are dropped.
    static final int MARGIN = 150;

    /// How near to an edge the reader is when the next page is asked for, in items.
    static final int NEAR = 40;

    private final Pages pages;
    private final InstantSource clock;
    private final PartialAnswer partial = new PartialAnswer();
    private final FactsFold factsFold = new FactsFold();
    private final ReadOnlyObjectWrapper<Facts> facts =
            new ReadOnlyObjectWrapper<>(this, "facts", Facts.none());

    private Timeline timeline = new Timeline(partial);
    private ReadingPosition reading = new ReadingPosition.AtEnd();
    private @Nullable Runnable listener;

    /// Seq of the first message of the stretch, of its last one, and of the last one of all.
    private long firstSeq = 1;

    private long endSeq;
    private long lastSeq;
    private boolean moreBefore;
    private boolean moreAfter;
    private boolean olderAsked;
    private boolean newerAsked;
    private long arrivals;

    public ConversationModel(Pages pages, InstantSource clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// Shows the latest page, in the place of what is shown.
    ///
    /// @param latest oldest first, each with its `seq`; may be empty
    /// @param more whether there are messages before it
    public void open(List<Message> latest, boolean more) {
        timeline = new Timeline(partial);
        timeline.append(latest);
        moreBefore = more;
        firstSeq = latest.isEmpty() ? 1 : seq(latest.getFirst());
        endSeq = latest.isEmpty() ? 0 : seq(latest.getLast());
        moreAfter = endSeq < lastSeq;
        olderAsked = false;
        newerAsked = false;
        if (!more) {
            timeline.fromTheStart();
        }
        for (Message m : latest) {
            if (seq(m) > lastSeq) {
                lastSeq = seq(m);
                factsFold.accept(m, null);
            }
        }
        reading = new ReadingPosition.AtEnd();
        if (!moreAfter) {
            partial.showAgain();
            timeline.settle();
        }
        changed();
        askNear(items().size(), items().size());
    }

    /// Answers [Pages#olderNeeded].
    public void prepend(List<Message> older, boolean more) {
        olderAsked = false;
        List<Message> missing = older.stream().filter(m -> seq(m) < firstSeq).toList();
        moreBefore = more;
        if (!missing.isEmpty()) {
            Timeline page = new Timeline(new PartialAnswer());
            page.append(missing);
            firstSeq = seq(missing.getFirst());
            timeline.prepend(page);
        }
        if (!more) {
            timeline.fromTheStart();
        }
        changed();
    }

    /// Answers [Pages#newerNeeded].
    ///
    /// @param more whether there are messages after it
    public void append(List<Message> newer, boolean more) {
        newerAsked = false;
        if (!moreAfter) {
            return;
        }
        List<Message> missing = newer.stream().filter(m -> seq(m) > endSeq).toList();
        timeline.append(missing);
        if (!missing.isEmpty()) {
            endSeq = seq(missing.getLast());
        }
        moreAfter = more || endSeq < lastSeq;
        if (!moreAfter) {
            lastSeq = Math.max(lastSeq, endSeq);
            partial.showAgain();
            timeline.settle();
        }
        changed();
    }

    /// Takes what came over the session's socket, in order: journaled messages, and live ones
    /// without a `seq`.
    public void accept(List<Message> frames) {
        Instant now = clock.instant();
        int before = timeline.items().size();
        for (Message m : frames) {
            long seq = seq(m);
            if (seq > 0 && seq <= lastSeq) {
                continue;
            }
            lastSeq = Math.max(lastSeq, seq);
            factsFold.accept(m, now);
            if (moreAfter) {
                partial.watch(m);
                arrivals += seq > 0 ? 1 : 0;
            } else {
                timeline.accept(m, now);
                endSeq = Math.max(endSeq, seq);
            }
        }
        if (!moreAfter) {
            timeline.settle();
            arrivals += Math.max(0, timeline.items().size() - before);
        }
        changed();
        if (!moreAfter && reading instanceof ReadingPosition.AtEnd) {
            trimFront(timeline.items().size());
        }
    }

    /// The items held, in order. A view: read it after each change.
    public List<Item> items() {
        return Collections.unmodifiableList(timeline.items());
    }

    /// Called after every change of [#items()], on the JavaFX thread; null for nobody. One
    /// listener, the view that shows it.
    public void onChanged(@Nullable Runnable run) {
        listener = run;
    }

    /// The last journaled message that was seen; a socket resumes after it. 0 before the first.
    public long lastSeq() {
        return lastSeq;
    }

    public boolean moreBefore() {
        return moreBefore;
    }

    /// Whether the stretch ends before the conversation does.
    public boolean moreAfter() {
        return moreAfter;
    }

    /// Items that came while the model lived. It only grows; differences count what somebody has
    /// not seen.
    public long arrivals() {
        return arrivals;
    }

    public Facts facts() {
        return facts.get();
    }

    public ReadOnlyObjectProperty<Facts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    public ReadingPosition reading() {
        return reading;
    }

    /// The view says where the reader is.
    ///
    /// @param first index of the first visible item
    /// @param last index of the last visible one
    public void readingAt(ReadingPosition position, int first, int last) {
        reading = position;
        int size = timeline.items().size();
        if (size > MAX_ITEMS) {
            boolean trimmed =
                    first > size - last ? trimFront(first) : trimEnd(Math.min(size, last + MARGIN));
            if (trimmed) {
                return;
            }
        }
        askNear(first, last);
    }

    /// The reader wants to be at the end, wherever it is. The page comes through [#open].
    public void goToEnd() {
        reading = new ReadingPosition.AtEnd();
        if (moreAfter) {
            pages.latestNeeded();
        }
    }

    private void askNear(int first, int last) {
        if (moreBefore && !olderAsked && first < NEAR) {
            olderAsked = true;
            pages.olderNeeded(firstSeq);
        }
        if (moreAfter && !newerAsked && last > items().size() - NEAR) {
            newerAsked = true;
            pages.newerNeeded(endSeq);
        }
    }

    private boolean trimFront(int firstVisible) {
        int size = timeline.items().size();
        int n = Math.min(firstVisible - MARGIN, size - MAX_ITEMS + MARGIN);
        if (size <= MAX_ITEMS || n <= 0) {
            return false;
        }
        long first = timeline.dropFirst(n);
        if (first > 0) {
            firstSeq = first;
        }
        moreBefore = true;
        changed();
        return true;
    }

    private boolean trimEnd(int keep) {
        long gone = timeline.dropAfter(keep);
        if (gone == 0) {
            return false;
        }
        endSeq = gone - 1;
        moreAfter = true;
        changed();
        return true;
    }

    private void changed() {
        facts.set(factsFold.facts());
        if (listener != null) {
            listener.run();
        }
    }

    private static long seq(Message m) {
        JsonNode seq = m.tree().path("seq");
        return seq.asLong(0);
    }
}
