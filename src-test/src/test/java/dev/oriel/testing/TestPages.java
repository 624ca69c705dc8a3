package dev.oriel.testing;

import dev.oriel.app.conversation.paging.Pages;
import java.util.ArrayList;
import java.util.List;

/// Writes down what a conversation asks for, and leaves the answering to the test.
public final class TestPages implements Pages {
    private final List<String> asked = new ArrayList<>();

    /// `older 17`, `newer 40`, `around 12`, `latest`, in the order of asking.
    public List<String> asked() {
        return asked;
    }

    @Override
    public void olderNeeded(long seq) {
        asked.add("older " + seq);
    }

    @Override
    public void newerNeeded(long seq) {
        asked.add("newer " + seq);
    }

    @Override
    public void aroundNeeded(long seq) {
        asked.add("around " + seq);
    }

    @Override
    public void latestNeeded() {
        asked.add("latest");
    }
}
