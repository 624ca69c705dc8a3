package dev.oriel.client.compat;

import dev.oriel.client.HistoryPage;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The messages of a session of a server that keeps none itself, as long as the client lives. The
/// oldest are dropped above 64 MiB. Safe for any thread.
final class MessageHistory {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private record Entry(long seq, Message message) {}

    // All three are guarded by this.
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long lastSeq;

    /// Appends a message, and returns it with its `seq`.
    synchronized Message append(Message message) {
        lastSeq++;
        Message numbered;
        try {
            numbered = Message.parse(message.withSeq(lastSeq));
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a message with a seq is a message", e);
        }
        entries.addLast(new Entry(lastSeq, numbered));
        bytes += numbered.bytes().length;
        while (bytes > MAX_BYTES && entries.size() > 1) {
            bytes -= entries.removeFirst().message().bytes().length;
        }
        return numbered;
    }

    /// The `seq` of the last message; 0 if there is none.
    synchronized long lastSeq() {
        return lastSeq;
    }

    /// The last messages before a position.
    synchronized HistoryPage before(long seq, int limit) {
        Deque<Message> page = new ArrayDeque<>();
        Iterator<Entry> backwards = entries.descendingIterator();
        while (backwards.hasNext()) {
            Entry entry = backwards.next();
            if (entry.seq() >= seq) {
                continue;
            }
            if (page.size() == limit) {
                return new HistoryPage(List.copyOf(page), true);
            }
            page.addFirst(entry.message());
        }
        return new HistoryPage(List.copyOf(page), false);
    }

    /// The first messages after a position.
    synchronized HistoryPage after(long seq, int limit) {
        List<Message> page = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.seq() > seq) {
                if (page.size() == limit) {
                    return new HistoryPage(List.copyOf(page), true);
                }
                page.add(entry.message());
            }
        }
        return new HistoryPage(List.copyOf(page), false);
    }
}
