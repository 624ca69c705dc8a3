package dev.oriel.app.conversation;

import dev.oriel.app.conversation.fold.FactsFold;
import dev.oriel.app.conversation.fold.MessageFields;
import dev.oriel.app.conversation.fold.UnsentItems;
import dev.oriel.app.conversation.item.ConversationFacts;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.app.conversation.paging.PageWindow;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.conversation.work.ConversationWork;
import dev.oriel.app.conversation.work.WorkFold;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One session as the window holds it: a bounded part of its items, and the facts about it.
///
/// The held part starts as the latest page. Older pages are requested when the reader comes near
/// its start, newer ones when it no longer reaches the end, and items far from the reader are
/// dropped, so that memory does not grow with the conversation.
///
/// Belongs to the JavaFX thread. Life cycle: created per session; [#showLatest] once the latest
/// page is there (a session without messages needs none); then [#receive] for every message of the
/// session's socket. After a broken connection the socket resumes after [#lastSeq()]; a message
/// that is received twice counts once.
public final class ConversationModel {
    private final PageLoader loader;
    private final PageWindow window;
    private final Retries retries;
    private final InstantSource clock;
    private final HeldItems held;
    private final FactsFold factsFold = new FactsFold();
    private final WorkFold workFold = new WorkFold();
    private ConversationFacts facts = ConversationFacts.none();

    private ReadingPosition reading = new ReadingPosition.AtEnd();
    private @Nullable Runnable listener;
    private long arrivals;

    /// Sends again what was not sent or not answered.
    public interface Retries {
        /// Sends the prompts that wait on the server.
        void retryUnsent();

        /// Sends a prompt: one that was not answered, or one that asks to continue.
        void retryPrompt(String text);
    }

    /// @param loader loads pages and passes them to this model
    /// @param retries sends what a notice offers to send
    /// @param clock gives the time at which live messages arrive
    public ConversationModel(PageLoader loader, Retries retries, InstantSource clock) {
        this.loader = loader;
        this.window = new PageWindow(loader);
        this.held = new HeldItems(window);
        this.retries = retries;
        this.clock = clock;
    }

    /// Replaces the held part by the latest page. The callback of [PageLoader#loadLatest].
    ///
    /// @param latest oldest first, each with its `seq`; may be empty
    /// @param more whether there are messages before it
    public void showLatest(List<Message> latest, boolean more) {
        held.replace(latest, more, false);
        foldWork(latest, more);
        for (Message m : latest) {
            if (window.learn(seq(m))) {
                factsFold.apply(m, null);
                held.track(m); // the socket skips it, because its seq is known then
            }
        }
        reading = new ReadingPosition.AtEnd();
        window.open();
        held.showStreamed();
        changed();
        if (!window.requestTarget()) {
            window.requestNear(items().size(), items().size(), items().size());
        }
    }

    private void foldWork(List<Message> latest, boolean more) {
        List<Message> part = held.visible(latest);
        boolean earlier = more && !latest.isEmpty() && (lastSeq() == 0 || workFold.isStale());
        if (workFold.isStale()) {
            workFold.refold(part, latest.isEmpty() ? 0 : seq(latest.getLast()), earlier);
        } else {
            if (earlier) {
                workFold.expectEarlier();
            }
            part.stream().filter(m -> seq(m) > lastSeq()).forEach(workFold::apply);
        }
        if (earlier) {
            loader.loadEarlierWork(seq(latest.getFirst()));
        }
    }

    /// Replaces the held part by the messages around a search hit. The callback of
    /// [PageLoader#loadAround]. Ignored if something else was sought in the meantime.
    ///
    /// @param part oldest first
    /// @param before whether there are messages before it
    /// @param after whether there are messages after it
    public void showAround(List<Message> part, boolean before, boolean after) {
        boolean wanted =
                !part.isEmpty()
                        && window.target()
                                .filter(t -> seq(part.getFirst()) <= t.seq())
                                .filter(t -> t.seq() <= seq(part.getLast()))
                                .isPresent();
        if (wanted) {
            held.replace(part, before, after);
            held.showStreamed();
            changed();
        }
    }

    /// Learns what the messages before the first latest page tell of the checklist and the tasks.
    /// The callback of [PageLoader#loadEarlierWork].
    ///
    /// @param earlier oldest first
    /// @param running the ids of the tasks that run
    public void applyEarlierWork(List<Message> earlier, Set<String> running) {
        workFold.applyEarlier(earlier, running);
        changed();
    }

    /// Adds an older page. The callback of [PageLoader#loadOlder].
    ///
    /// @param older oldest first
    /// @param more whether there are messages before it
    public void prepend(List<Message> older, boolean more) {
        held.prepend(older, more);
        workFold.applyOlder(held.visible(older));
        changed();
    }

    /// Adds a newer page. The callback of [PageLoader#loadNewer].
    ///
    /// @param newer oldest first
    /// @param more whether there are messages after it
    public void append(List<Message> newer, boolean more) {
        if (held.append(newer, more)) {
            changed();
        }
    }

    /// A page could not be loaded. It is requested again when it is needed again.
    public void onPageFailed() {
        window.fail();
    }

    /// Applies messages of the session's socket, in order: journaled ones, and live ones without a
    /// `seq`.
    public void receive(List<Message> messages) {
        Instant now = clock.instant();
        window.open();
        List<Message> unseen = new ArrayList<>();
        for (Message m : messages) {
            if (seq(m) == 0 || window.learn(seq(m))) {
                factsFold.apply(m, now);
                workFold.apply(m);
                unseen.add(m);
            }
        }
        arrivals += held.receive(unseen, now);
        if (unseen.stream().anyMatch(ConversationModel::isRewind)) {
            workFold.onRewound();
        }
        if (held.learnRewound(unseen)) {
            reading = new ReadingPosition.AtEnd();
            window.reloadLatest();
        }
        changed();
        if (!hasMoreAfter()
                && reading instanceof ReadingPosition.AtEnd
                && held.trimBefore(items().size())) {
            changed();
        }
    }

    /// The user resolved an ask of this session.
    public void onAskResolved(String requestId) {
        factsFold.removeAsk(requestId);
        held.removeAsk(requestId, clock.instant());
        changed();
    }

    /// Seeks a search hit. If its message is not held, the messages around it come through
    /// [#showAround].
    public void goTo(SearchTarget target) {
        window.goTo(target);
        changed();
    }

    /// The search hit that is sought, with its item, once it is held; null if there is none.
    public SearchTarget.@Nullable Located locatedTarget() {
        return held.locatedTarget();
    }

    /// The view shows the search hit.
    public void clearTarget() {
        window.finishSeek();
    }

    /// Requests the end of the conversation if it is not held. The page comes through
    /// [#showLatest]. A search hit is no longer sought.
    public void goToEnd() {
        reading = new ReadingPosition.AtEnd();
        window.finishSeek();
        window.requestLatest();
    }

    /// Takes a step that a notice offers.
    public void take(String itemId, NextStep step) {
        if (itemId.equals(UnsentItems.REASON)) {
            retries.retryUnsent();
            return;
        }
        String prompt = held.take(step);
        if (!prompt.isEmpty()) {
            retries.retryPrompt(prompt);
            changed();
        }
    }

    /// Finds a message, for what its items do not contain: see [PageLoader#findMessage].
    public CompletableFuture<Optional<Message>> findMessage(long seq) {
        return loader.findMessage(seq);
    }

    /// The items held, in order. A view that changes with the model.
    public List<Item> items() {
        return Collections.unmodifiableList(held.items());
    }

    /// Sets the one listener, the view that shows this conversation. It is called after every
    /// change of [#items()], on the JavaFX thread.
    ///
    /// @param run null for none
    public void setChangeListener(@Nullable Runnable run) {
        listener = run;
    }

    /// The last journaled message that was received; the socket resumes after it. 0 before the
    /// first.
    public long lastSeq() {
        return window.lastSeq();
    }

    /// Whether there are messages before the held ones.
    public boolean hasMoreBefore() {
        return window.hasMoreBefore();
    }

    /// Whether there are messages after the held ones.
    public boolean hasMoreAfter() {
        return window.hasMoreAfter();
    }

    /// The position of the first held message.
    public long heldFrom() {
        return window.firstSeq();
    }

    /// The position of the last held message.
    public long heldTo() {
        return window.endSeq();
    }

    /// How many items arrived since the model was created. A difference counts unseen items.
    public long arrivals() {
        return arrivals;
    }

    /// Claude's checklist and background tasks; the same object until it changes.
    public ConversationWork work() {
        return workFold.work();
    }

    public ConversationFacts facts() {
        return facts;
    }

    public ReadingPosition readingPosition() {
        return reading;
    }

    /// Records where the reader is, drops items far from there, and requests pages near to there.
    ///
    /// @param first index of the first visible item
    /// @param last index of the last visible item
    public void updateReadingPosition(ReadingPosition position, int first, int last) {
        reading = position;
        if (held.trimAround(first, last)) {
            changed();
        } else {
            window.requestNear(first, last, items().size());
        }
    }

    private void changed() {
        facts = factsFold.facts();
        if (listener != null) {
            listener.run();
        }
    }

    private static boolean isRewind(Message m) {
        return m.is(MessageType.SYSTEM, SystemSubtype.ORIEL_REWOUND);
    }

    private static long seq(Message m) {
        return MessageFields.seq(m.tree());
    }
}
