package dev.oriel.testing.manual;

import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Records the pages that a conversation requests; the test replies to them.
public final class RecordingPages implements PageLoader {
    private final List<String> requests = new ArrayList<>();
    private final List<Long> earlierWork = new ArrayList<>();
    private final Map<Long, Message> messages = new HashMap<>();

    /// The requests in order: `older 17`, `newer 40`, `around 12`, `latest`, `message 3`.
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

    @Override
    public void loadEarlierWork(long seq) {
        earlierWork.add(seq);
    }

    /// The positions before which the work was requested.
    public List<Long> earlierWork() {
        return earlierWork;
    }

    @Override
    public CompletableFuture<Optional<Message>> findMessage(long seq) {
        requests.add("message " + seq);
        return CompletableFuture.completedFuture(Optional.ofNullable(messages.get(seq)));
    }

    /// Adds a message that is found.
    public void add(long seq, Message message) {
        messages.put(seq, message);
    }
}
