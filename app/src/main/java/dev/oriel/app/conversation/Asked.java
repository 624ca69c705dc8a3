package dev.oriel.app.conversation;

/// What was asked of [Pages] and has not come yet, so that it is not asked for twice.
final class Asked {
    private final Pages pages;
    private boolean older;
    private boolean newer;
    private long around;

    Asked(Pages pages) {
        this.pages = pages;
    }

    void older(long firstSeq) {
        if (!older) {
            older = true;
            pages.olderNeeded(firstSeq);
        }
    }

    void newer(long endSeq) {
        if (!newer) {
            newer = true;
            pages.newerNeeded(endSeq);
        }
    }

    void around(long seq) {
        if (around != seq) {
            around = seq;
            pages.aroundNeeded(seq);
        }
    }

    void latest() {
        pages.latestNeeded();
    }

    void olderCame() {
        older = false;
    }

    void newerCame() {
        newer = false;
    }

    void aroundCame() {
        around = 0;
    }

    /// Another part is shown, or nothing comes any more.
    void forget() {
        older = false;
        newer = false;
        around = 0;
    }
}
