package dev.oriel.client.compat;

import dev.oriel.client.HistoryPage;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// What was said in a session of a server that keeps nothing itself, as long as the client lives.
/// The oldest goes when it grows too large. Safe for any thread.
final class MessageHistory {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private record Line(long seq, Message message) {}

    // Guarded by this.
    private final Deque<Line> lines = new ArrayDeque<>();
    private long bytes;
    private long last;

    /// Numbers the message and keeps it.
    synchronized Message append(Message message) {
        last++;
        Message numbered;
        try {
            numbered = Message.parse(message.withSeq(last));
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a message with a number is one", e);
        }
        lines.addLast(new Line(last, numbered));
        bytes += numbered.bytes().length;
        while (bytes > MOST_BYTES && lines.size() > 1) {
            bytes -= lines.removeFirst().message().bytes().length;
        }
        return numbered;
    }

    synchronized long last() {
        return last;
    }

    synchronized HistoryPage before(long seq, int limit) {
        Deque<Message> page = new ArrayDeque<>();
        Iterator<Line> backwards = lines.descendingIterator();
        while (backwards.hasNext()) {
            Line line = backwards.next();
            if (line.seq() >= seq) {
                continue;
            }
            if (page.size() == limit) {
                return new HistoryPage(List.copyOf(page), true);
            }
            page.addFirst(line.message());
        }
        return new HistoryPage(List.copyOf(page), false);
    }

    synchronized HistoryPage after(long seq, int limit) {
        List<Message> page = new ArrayList<>();
        for (Line line : lines) {
            if (line.seq() > seq) {
                if (page.size() == limit) {
                    return new HistoryPage(List.copyOf(page), true);
                }
                page.add(line.message());
            }
        }
        return new HistoryPage(List.copyOf(page), false);
    }
}
