package dev.oriel.testing.manual;

import dev.oriel.app.conversation.paging.PageLoader;
import java.util.ArrayList;
import java.util.List;

/// Writes down what a conversation asks for, and leaves the answering to the test.
public final class RecordingPages implements PageLoader {
    private final List<String> requests = new ArrayList<>();

    /// `older 17`, `newer 40`, `around 12`, `latest`, in the order of asking.
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
