package dev.oriel.app.conversation.paging;

import java.util.Optional;

/// Which messages of a conversation are held, and what was requested of the others.
///
/// The held part is a range of `seq`s without gaps. Each of its edges has a state ([PageEdge]), and
/// so has the message that is sought ([Seek]). Belongs to the JavaFX thread.
public final class PageWindow {
    /// How near to an edge the reader is when the next page is requested, in items.
    private static final int NEAR = 40;

    private final PageLoader loader;
    private PageEdge before = new PageEdge.Complete();
    private PageEdge after = new PageEdge.Complete();
    private Seek seek = new Seek.Unopened(null);
    private long firstSeq = 1;
    private long endSeq;
    private long lastSeq;

    public PageWindow(PageLoader loader) {
        this.loader = loader;
    }

    /// The last message of the whole conversation that is known; 0 before the first.
    public long lastSeq() {
        return lastSeq;
    }

    /// Whether there are messages before the held ones.
    public boolean hasMoreBefore() {
        return before.hasMore();
    }

    /// Whether there are messages after the held ones.
    public boolean hasMoreAfter() {
        return after.hasMore();
    }

    /// Holds another part of the conversation.
    ///
    /// @param first seq of its first message; 1 if it is empty
    /// @param end seq of its last message; 0 if it is empty
    /// @param moreBefore whether there are messages before it
    /// @param moreAfter whether there are messages after it
    public void replace(long first, long end, boolean moreBefore, boolean moreAfter) {
        firstSeq = first;
        endSeq = end;
        before = before.on(new PageEdge.Trigger.Replaced(moreBefore));
        after = after.on(new PageEdge.Trigger.Replaced(moreAfter || end < lastSeq));
        seek = seek.on(new Seek.Trigger.Replaced());
    }

    /// The conversation has a part that is held, if only an empty one.
    public void open() {
        seek = seek.on(new Seek.Trigger.Opened());
    }

    /// A message of the conversation is known, whether it is held or not.
    ///
    /// @return false if it was known before
    public boolean learn(long seq) {
        boolean isNew = seq > lastSeq;
        lastSeq = Math.max(lastSeq, seq);
        return isNew;
    }

    /// Holds a message that follows the held ones.
    public void extendAfter(long seq) {
        endSeq = Math.max(endSeq, seq);
    }

    /// An older page arrived.
    ///
    /// @return whether its messages before [#firstSeq()] adjoin the held ones; else they are to be
    ///   discarded
    public boolean receiveOlder(boolean more) {
        boolean adjoins = adjoins(before);
        before = before.on(new PageEdge.Trigger.Arrived(more));
        return adjoins;
    }

    /// Holds a message that precedes the held ones.
    public void extendBefore(long seq) {
        firstSeq = Math.min(firstSeq, seq);
    }

    /// A newer page arrived.
    ///
    /// @return whether its messages after [#endSeq()] adjoin the held ones; else they are to be
    ///   discarded
    public boolean receiveNewer(long pageEnd, boolean more) {
        boolean adjoins = adjoins(after);
        if (adjoins) {
            endSeq = Math.max(endSeq, pageEnd);
        }
        after = after.on(new PageEdge.Trigger.Arrived(more || endSeq < lastSeq));
        if (!after.hasMore()) {
            lastSeq = Math.max(lastSeq, endSeq);
        }
        return adjoins;
    }

    private static boolean adjoins(PageEdge edge) {
        return edge instanceof PageEdge.More || edge instanceof PageEdge.Loading;
    }

    public long firstSeq() {
        return firstSeq;
    }

    public long endSeq() {
        return endSeq;
    }

    /// Messages at the start are no longer held.
    ///
    /// @param first seq of the first one that still is
    public void trimBefore(long first) {
        firstSeq = Math.max(firstSeq, first);
        before = before.on(new PageEdge.Trigger.Trimmed());
    }

    /// Messages at the end are no longer held.
    ///
    /// @param end seq of the last one that still is
    public void trimAfter(long end) {
        endSeq = end;
        after = after.on(new PageEdge.Trigger.Trimmed());
    }

    /// A page could not be loaded. It is requested again when it is needed again.
    public void fail() {
        before = before.on(new PageEdge.Trigger.Failed());
        after = after.on(new PageEdge.Trigger.Failed());
        seek = seek.on(new Seek.Trigger.Finished());
    }

    /// Requests the pages that the reader is near to.
    ///
    /// @param first index of the first visible item
    /// @param last index of the last visible item
    /// @param items how many items are held
    public void requestNear(int first, int last, int items) {
        if (before instanceof PageEdge.More && first < NEAR) {
            before = before.on(new PageEdge.Trigger.Requested());
            loader.loadOlder(firstSeq);
        }
        if (after instanceof PageEdge.More && last > items - NEAR) {
            after = after.on(new PageEdge.Trigger.Requested());
            loader.loadNewer(endSeq);
        }
    }

    /// Requests the latest page if the end of the conversation is not held.
    public void requestLatest() {
        if (after.hasMore()) {
            loader.loadLatest();
        }
    }

    /// Requests the latest page, although it may be held: what is held is no longer right.
    public void reloadLatest() {
        loader.loadLatest();
    }

    /// Seeks a message. If it is not held, the messages around it are requested.
    public void goTo(SearchTarget target) {
        seek = seek.on(new Seek.Trigger.GoTo(target));
        requestTarget();
    }

    /// Requests the messages around the target unless it is held, was requested, or cannot exist.
    ///
    /// @return whether they are on their way
    public boolean requestTarget() {
        SearchTarget target = seek.target().orElse(null);
        if (target == null || isHeld(target.seq())) {
            return false;
        }
        if (target.seq() < 1 || target.seq() > lastSeq) {
            finishSeek();
            return false;
        }
        if (seek instanceof Seek.Wanted) {
            seek = seek.on(new Seek.Trigger.Requested());
            loader.loadAround(target.seq());
        }
        return true;
    }

    /// The message that is sought; empty if none is, or the conversation is not open yet.
    public Optional<SearchTarget> target() {
        return seek.target();
    }

    /// The view shows the target, or the user went elsewhere.
    public void finishSeek() {
        seek = seek.on(new Seek.Trigger.Finished());
    }

    /// Whether a message is held.
    public boolean isHeld(long seq) {
        return firstSeq <= seq && seq <= endSeq;
    }
}
