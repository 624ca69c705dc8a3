package dev.oriel.testing.manual;

import dev.oriel.app.conversation.paging.PageLoader;
import java.util.ArrayList;
import java.util.List;

/// Records the pages that a conversation requests; the test replies to them.
public final class RecordingPages implements PageLoader {
    private final List<String> requests = new ArrayList<>();

    /// The requests in order: `older 17`, `newer 40`, `around 12`, `latest`.
    public List<String> requests() {
        return requests;
    }

    @Override
    public void loadOlder(long seq) {
        requests.add("older " + seq);
    }

    @Override
    public void loadNewer(long seq) {
        requests.add("newer " + seq);
    }

    @Override
    public void loadAround(long seq) {
        requests.add("around " + seq);
    }

    @Override
    public void loadLatest() {
        requests.add("latest");
    }
}
