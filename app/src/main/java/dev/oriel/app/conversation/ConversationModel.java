package dev.oriel.app.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.fold.FactsFold;
import dev.oriel.app.conversation.fold.StreamedAnswer;
import dev.oriel.app.conversation.fold.Timeline;
import dev.oriel.app.conversation.fold.UnansweredPrompt;
import dev.oriel.app.conversation.fold.UnsentItems;
import dev.oriel.app.conversation.item.ConversationFacts;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.app.conversation.paging.PendingPages;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
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
/// Belongs to the JavaFX thread. Life: made per session; [#showLatest] once the latest page is
/// there (a session without messages needs none); then [#receive] for everything that comes over
/// the session's socket. After a broken connection the socket resumes after [#lastSeq()]; what
/// comes twice counts once.
public final class ConversationModel {
    /// The most items held, as long as the reader does not see more at once.
    static final int MAX_ITEMS = 600;

    /// Items that stay on either side of the reader when others are dropped.
    static final int MARGIN = 150;

    /// How near to an edge the reader is when the next page is asked for, in items.
    static final int NEAR = 40;

    private final PendingPages asked;
    private final InstantSource clock;
    private final StreamedAnswer partial = new StreamedAnswer();
    private final FactsFold factsFold = new FactsFold();
    private final ReadOnlyObjectWrapper<ConversationFacts> facts =
            new ReadOnlyObjectWrapper<>(this, "facts", ConversationFacts.none());

    private final UnsentItems unsent = new UnsentItems();
    private Timeline timeline = new Timeline(partial, unsent);
    private ReadingPosition reading = new ReadingPosition.AtEnd();
    private @Nullable Runnable listener;
    private @Nullable Retries retries;

    /// Seq of the first message of the stretch, of its last one, and of the last one of all.
    private long firstSeq = 1;

    private long endSeq;
    private long lastSeq;
    private boolean moreBefore;
    private boolean moreAfter;
    private boolean opened;
    private @Nullable SearchTarget wanted;
    private long arrivals;

    public ConversationModel(PageLoader pages, InstantSource clock) {
        this.asked = new PendingPages(pages);
        this.clock = clock;
    }

    /// Shows the latest page, in the place of what is shown.
    ///
    /// @param latest oldest first, each with its `seq`; may be empty
    /// @param more whether there are messages before it
    public void showLatest(List<Message> latest, boolean more) {
        show(latest, more, false);
        for (Message m : latest) {
            if (seq(m) > lastSeq) {
                lastSeq = seq(m);
                factsFold.apply(m, null);
                partial.track(m); // over the socket it is left out, as it is known then
            }
        }
        reading = new ReadingPosition.AtEnd();
        opened = true;
        showPartial();
        changed();
        if (!seek()) {
            askNear(items().size(), items().size());
        }
    }

    private void showPartial() {
        if (!moreAfter) {
            partial.markAllChanged();
            timeline.flushStreamed();
        }
    }

    /// The reader wants to be at a place, wherever it is. If it is not in the stretch, what is
    /// around it comes through [#showAround].
    public void goTo(SearchTarget place) {
        wanted = place;
        if (opened) {
            seek();
        }
        changed();
    }

    /// @return whether what is around the place is on its way
    private boolean seek() {
        SearchTarget place = wanted;
        if (place == null || (firstSeq <= place.seq() && place.seq() <= endSeq)) {
            return false;
        }
        if (place.seq() < 1 || place.seq() > lastSeq) {
            wanted = null;
            return false;
        }
        asked.around(place.seq());
        return true;
    }

    /// Answers [PageLoader#loadAround]: shows this part of the conversation, in the place of what
    /// is shown.
    ///
    /// @param part oldest first, not empty
    /// @param before whether there are messages before it
    /// @param after whether there are messages after it
    public void showAround(List<Message> part, boolean before, boolean after) {
        boolean late =
                wanted == null
                        || part.isEmpty()
                        || wanted.seq() < seq(part.getFirst())
                        || wanted.seq() > seq(part.getLast());
        if (late) {
            // The reader has turned elsewhere in the meantime.
            if (wanted == null) {
                asked.aroundCame();
            }
            return;
        }
        show(part, before, after);
        showPartial();
        changed();
    }

    private void show(List<Message> part, boolean before, boolean after) {
        timeline = new Timeline(partial, unsent);
        timeline.append(part);
        moreBefore = before;
        firstSeq = part.isEmpty() ? 1 : seq(part.getFirst());
        endSeq = part.isEmpty() ? 0 : seq(part.getLast());
        moreAfter = after || endSeq < lastSeq;
        asked.forget();
        if (!before) {
            timeline.markStart();
        }
    }

    /// A page that was asked for could not be fetched; it is asked for again when it is needed
    /// again.
    public void onPageFailed() {
        asked.forget();
        wanted = null;
    }

    /// Where the reader wants to be, once that is held; null if nowhere in particular.
    public SearchTarget.@Nullable Located locatedTarget() {
        SearchTarget place = wanted;
        String item = place == null || !opened ? null : timeline.itemOf(place.seq());
        boolean held = place != null && firstSeq <= place.seq() && place.seq() <= endSeq;
        return place == null || item == null || !held
                ? null
                : new SearchTarget.Located(item, place);
    }

    /// The reader is where it wanted to be.
    public void clearTarget() {
        wanted = null;
    }

    /// Answers [PageLoader#loadOlder].
    public void prepend(List<Message> older, boolean more) {
        asked.olderCame();
        List<Message> missing = older.stream().filter(m -> seq(m) < firstSeq).toList();
        moreBefore = more;
        if (!missing.isEmpty()) {
            Timeline page = new Timeline(new StreamedAnswer());
            page.append(missing);
            firstSeq = seq(missing.getFirst());
            timeline.prepend(page);
        }
        if (!more) {
            timeline.markStart();
        }
        changed();
    }

    /// Answers [PageLoader#loadNewer].
    ///
    /// @param more whether there are messages after it
    public void append(List<Message> newer, boolean more) {
        asked.newerCame();
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
        }
        showPartial();
        changed();
    }

    /// Takes what came over the session's socket, in order: journaled messages, and live ones
    /// without a `seq`.
    public void receive(List<Message> frames) {
        Instant now = clock.instant();
        opened = true;
        int before = timeline.items().size();
        for (Message m : frames) {
            long seq = seq(m);
            if (seq > 0 && seq <= lastSeq) {
                continue;
            }
            lastSeq = Math.max(lastSeq, seq);
            factsFold.apply(m, now);
            if (m.is("system", "oriel_unsent")) {
                unsent.update(m.tree());
            }
            if (moreAfter) {
                partial.track(m);
                arrivals += seq > 0 ? 1 : 0;
            } else {
                timeline.apply(m, now);
                endSeq = Math.max(endSeq, seq);
            }
        }
        if (!moreAfter) {
            timeline.flushStreamed();
            arrivals += Math.max(0, timeline.items().size() - before);
        }
        changed();
        if (!moreAfter && reading instanceof ReadingPosition.AtEnd) {
            trimFront(timeline.items().size());
        }
    }

    /// The user has answered an ask of this session's.
    public void onAskResolved(String requestId) {
        factsFold.removeAsk(requestId);
        timeline.removeAsk(requestId, clock.instant());
        changed();
    }

    /// The items held, in order. A view: read it after each change.
    public List<Item> items() {
        return Collections.unmodifiableList(timeline.items());
    }

    /// Called after every change of [#items()], on the JavaFX thread; null for nobody. One
    /// listener, the view that shows it.
    public void setChangeListener(@Nullable Runnable run) {
        listener = run;
    }

    /// Sends again what was in vain.
    public interface Retries {
        /// What could not be sent, and waits on the server.
        void retryUnsent();

        /// A prompt that was sent and not answered.
        void retryPrompt(String text);
    }

    public void setRetries(Retries sending) {
        retries = sending;
    }

    /// Does what an [Item.Retry] offers.
    public void retry(String itemId) {
        Retries sending = retries;
        if (sending == null) {
            return;
        }
        if (!itemId.equals(UnansweredPrompt.RETRY)) {
            sending.retryUnsent();
            return;
        }
        String again = timeline.takeUnansweredPrompt();
        if (!again.isEmpty()) {
            sending.retryPrompt(again);
            changed();
        }
    }

    /// The last journaled message that was seen; a socket resumes after it. 0 before the first.
    public long lastSeq() {
        return lastSeq;
    }

    public boolean hasMoreBefore() {
        return moreBefore;
    }

    /// Whether the stretch ends before the conversation does.
    public boolean hasMoreAfter() {
        return moreAfter;
    }

    /// Items that came while the model lived. It only grows; differences count what somebody has
    /// not seen.
    public long arrivals() {
        return arrivals;
    }

    public ConversationFacts facts() {
        return facts.get();
    }

    public ReadOnlyObjectProperty<ConversationFacts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    public ReadingPosition readingPosition() {
        return reading;
    }

    /// The view says where the reader is.
    ///
    /// @param first index of the first visible item
    /// @param last index of the last visible one
    public void updateReadingPosition(ReadingPosition position, int first, int last) {
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

    /// The reader wants to be at the end, wherever it is. The page comes through [#showLatest].
    public void goToEnd() {
        reading = new ReadingPosition.AtEnd();
        if (moreAfter) {
            asked.latest();
        }
    }

    private void askNear(int first, int last) {
        if (moreBefore && first < NEAR) {
            asked.older(firstSeq);
        }
        if (moreAfter && last > items().size() - NEAR) {
            asked.newer(endSeq);
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
