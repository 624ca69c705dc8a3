package dev.oriel.app.conversation.paging;

/// What was asked of [PageLoader] and has not come yet, so that it is not asked for twice.
public final class PendingPages {
    private final PageLoader pages;
    private boolean older;
    private boolean newer;
    private long around;

    public PendingPages(PageLoader pages) {
        this.pages = pages;
    }

    public void older(long firstSeq) {
        if (!older) {
            older = true;
            pages.loadOlder(firstSeq);
        }
    }

    public void newer(long endSeq) {
        if (!newer) {
            newer = true;
            pages.loadNewer(endSeq);
        }
    }

    public void around(long seq) {
        if (around != seq) {
            around = seq;
            pages.loadAround(seq);
        }
    }

    public void latest() {
        pages.loadLatest();
    }

    public void olderCame() {
        older = false;
    }

    public void newerCame() {
        newer = false;
    }

    public void aroundCame() {
        around = 0;
    }

    /// Another part is shown, or nothing comes any more.
    public void forget() {
        older = false;
        newer = false;
        around = 0;
    }
}
