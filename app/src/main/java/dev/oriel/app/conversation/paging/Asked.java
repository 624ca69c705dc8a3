package dev.oriel.app.conversation.paging;

/// What was asked of [Pages] and has not come yet, so that it is not asked for twice.
public final class Asked {
    private final Pages pages;
    private boolean older;
    private boolean newer;
    private long around;

    public Asked(Pages pages) {
        this.pages = pages;
    }

    public void older(long firstSeq) {
        if (!older) {
            older = true;
            pages.olderNeeded(firstSeq);
        }
    }

    public void newer(long endSeq) {
        if (!newer) {
            newer = true;
            pages.newerNeeded(endSeq);
        }
    }

    public void around(long seq) {
        if (around != seq) {
            around = seq;
            pages.aroundNeeded(seq);
        }
    }

    public void latest() {
        pages.latestNeeded();
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
