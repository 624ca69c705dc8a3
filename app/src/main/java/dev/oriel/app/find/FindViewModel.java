package dev.oriel.app.find;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.message.find.InvalidQueryException;
import dev.oriel.message.find.TextMatcher;
import dev.oriel.message.find.TextQuery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The search in the open conversation.
///
/// Two searches make one result. The held items are searched as they are shown, so that every hit
/// can be shown exactly. The messages that are not held are searched by their server, which says
/// how many hits they have; when the reader goes to one, they are held. Belongs to the JavaFX
/// thread.
public final class FindViewModel {
    /// How often growing items are searched again.
    private static final Duration AGAIN = Duration.ofMillis(200);

    /// Typing goes on for longer than this between two letters only when the user pauses.
    private static final Duration TYPING = Duration.ofMillis(120);

    private static final int EXCERPT = 120;

    private final FindSource source;
    private final Scheduler scheduler;
    private Consumer<String> announce = _ -> {};
    private final HeldSearch held;
    private final FarSearch far;
    private final FindMoves moves;
    private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<FindState> state =
            new ReadOnlyObjectWrapper<>(FindState.NONE);

    private TextQuery query = TextQuery.of("");
    private @Nullable TextMatcher matcher;
    private @Nullable ConversationModel conversation;
    private @Nullable FindReader reader;
    private boolean dirty;
    private @Nullable Runnable cancelAgain;
    private Runnable cancelFar = () -> {};

    /// @param background searches the held items
    public FindViewModel(FindSource source, Executor background, Executor fx, Scheduler scheduler) {
        this.source = source;
        this.scheduler = scheduler;
        this.held =
                new HeldSearch(
                        background,
                        fx,
                        new HeldSearch.Receiver() {
                            @Override
                            public void onSearched(List<ItemMatches> all) {
                                receive(new HeldHits(all));
                            }

                            @Override
                            public void onTooSlow(String sentence) {
                                fail(sentence);
                            }
                        });
        this.far = new FarSearch(fx, this::onFar);
        this.moves =
                new FindMoves(
                        far,
                        new FindMoves.Shown() {
                            @Override
                            public void show(FindHit hit) {
                                showHit(hit);
                            }

                            @Override
                            public void update(FindHit hit) {
                                updateHit(hit);
                            }
                        });
    }

    /// Sets what receives sentences for a screen reader.
    public void setAnnouncer(Consumer<String> announcer) {
        announce = announcer;
    }

    /// Sets the view that shows the hits.
    public void setReader(FindReader view) {
        reader = view;
    }

    /// Turns to another conversation, and closes the search.
    public void setConversation(@Nullable ConversationModel next) {
        if (next != conversation) {
            close();
            conversation = next;
            moves.setConversation(next);
        }
    }

    /// Whether the find bar is open.
    public ReadOnlyBooleanProperty shown() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<FindState> state() {
        return state.getReadOnlyProperty();
    }

    public TextQuery query() {
        return query;
    }

    /// Opens the bar, and searches for the query of before.
    ///
    /// @return false if no conversation is open
    public boolean open() {
        if (conversation == null || reader == null) {
            return false;
        }
        if (!shown.get()) {
            moves.setOrigin(String.valueOf(reader.lastInSight()));
            shown.set(true);
            search();
        }
        return true;
    }

    /// Closes the bar. Hits are no longer marked.
    public void close() {
        if (shown.get()) {
            shown.set(false);
            stop();
            state.set(FindState.NONE);
        }
    }

    private void stop() {
        cancelFar.run();
        if (cancelAgain != null) {
            cancelAgain.run();
            cancelAgain = null;
        }
        held.clear();
        far.clear();
        matcher = null;
        moves.clear();
        if (reader != null) {
            reader.mark(null);
        }
    }

    /// Searches for something else, from the reader's place on.
    public void setQuery(TextQuery next) {
        if (!next.equals(query)) {
            query = next;
            if (shown.get()) {
                search();
            }
        }
    }

    private void search() {
        stop();
        if (query.text().isEmpty()) {
            state.set(FindState.NONE);
            return;
        }
        try {
            matcher = query.matcher();
        } catch (InvalidQueryException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        moves.seekNearest();
        if (reader != null) {
            reader.mark(matcher);
        }
        state.set(FindState.of(0, 0, false, ""));
        searchHeld();
        cancelFar = scheduler.schedule(TYPING, this::searchFar);
    }

    private void fail(String sentence) {
        stop();
        state.set(FindState.error(sentence));
        announce.accept(sentence);
    }

    private void searchHeld() {
        dirty = false;
        if (conversation != null && reader != null && matcher != null) {
            held.start(conversation.items(), reader.lineSource(), matcher);
        }
    }

    private void searchFar() {
        ConversationModel c = conversation;
        if (c != null && matcher != null && !far.isStarted() && !isWhole(c)) {
            far.start(source, query, c.heldTo(), c.lastSeq());
        }
    }

    private static boolean isWhole(ConversationModel c) {
        return !c.hasMoreBefore() && !c.hasMoreAfter();
    }

    /// The held items changed. To be called after they are shown.
    public void onItemsChanged() {
        if (matcher == null) {
            return;
        }
        dirty = true;
        if (moves.isSeeking()) {
            searchHeld();
        } else if (cancelAgain == null) {
            cancelAgain = scheduler.schedule(AGAIN, this::searchAgain);
        }
    }

    private void searchAgain() {
        cancelAgain = null;
        if (dirty) {
            searchHeld();
        }
        if (conversation != null && far.isStarted()) {
            far.extend(conversation.lastSeq());
        } else {
            searchFar();
        }
    }

    private void onFar() {
        if (!far.error().isEmpty() && moves.total() == 0) {
            fail(far.error());
            return;
        }
        reach();
    }

    private void receive(HeldHits now) {
        moves.receive(now);
        reach();
        if (isComplete() && moves.total() == 0) {
            announce.accept(state.get().text());
        }
    }

    private void reach() {
        if (!dirty) {
            moves.reach();
        }
        updateState();
    }

    private void updateHit(FindHit hit) {
        if (reader != null) {
            reader.update(hit);
        }
    }

    private void showHit(FindHit hit) {
        if (reader != null) {
            reader.show(hit);
        }
        updateState();
        String line = hit.lines().get(hit.line());
        int from = Math.max(0, hit.start() - EXCERPT / 2);
        announce.accept(
                state.get().text()
                        + ": "
                        + line.substring(from, Math.min(line.length(), hit.start() + EXCERPT)));
    }

    /// Goes to the next hit, or to the first one after the last.
    public void next() {
        move(true);
    }

    /// Goes to the hit before, or to the last one before the first.
    public void previous() {
        move(false);
    }

    private void move(boolean forward) {
        if (!shown.get()) {
            open();
        } else if (matcher != null) {
            moves.move(forward);
            updateState();
        }
    }

    private boolean isComplete() {
        ConversationModel c = conversation;
        return c != null && !dirty && (isWhole(c) || (far.isStarted() && far.isComplete()));
    }

    private void updateState() {
        if (conversation != null && matcher != null) {
            state.set(moves.state(isComplete()));
        }
    }
}
