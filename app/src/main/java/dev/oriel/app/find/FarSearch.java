package dev.oriel.app.find;

import dev.oriel.client.ClientException;
import dev.oriel.client.FoundMessages;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.find.TextQuery;
import dev.oriel.platform.FutureFailures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Searches the whole session through its server, page by page: first from the reader back to the
/// start, then the rest. Belongs to the JavaFX thread.
final class FarSearch {
    private final Executor fx;
    private final Runnable onChange;
    private final TreeMap<Long, Integer> counts = new TreeMap<>();
    private final Deque<Range> ranges = new ArrayDeque<>();
    private @Nullable FindSource source;
    private @Nullable TextQuery query;
    private String error = "";
    private long covered;
    private boolean running;
    private int generation;

    /// Messages that were not searched yet.
    ///
    /// @param before exclusive
    /// @param after exclusive
    private record Range(long before, long after) {}

    FarSearch(Executor fx, Runnable onChange) {
        this.fx = fx;
        this.onChange = onChange;
    }

    /// Forgets what was found, and searches nothing.
    void clear() {
        generation++;
        counts.clear();
        ranges.clear();
        error = "";
        running = false;
        source = null;
        query = null;
    }

    /// Searches anew.
    ///
    /// @param from the position from which the start is searched first
    /// @param last the position of the last message
    void start(FindSource in, TextQuery what, long from, long last) {
        clear();
        source = in;
        query = what;
        covered = last;
        ranges.add(new Range(Math.min(from, last) + 1, 0));
        if (from < last) {
            ranges.add(new Range(last + 1, from));
        }
        requestNext();
    }

    boolean isStarted() {
        return source != null;
    }

    /// Searches the messages that arrived since.
    ///
    /// @param last the position of the last message
    void extend(long last) {
        if (isStarted() && last > covered) {
            ranges.add(new Range(last + 1, covered));
            covered = last;
            requestNext();
        }
    }

    private void requestNext() {
        FindSource in = source;
        TextQuery what = query;
        if (running || ranges.isEmpty() || in == null || what == null) {
            return;
        }
        running = true;
        int own = generation;
        Range range = ranges.removeFirst();
        in.find(what, range.before(), range.after())
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (own == generation) {
                                running = false;
                                receive(range, found, failure);
                            }
                        },
                        fx);
    }

    private void receive(Range range, @Nullable FoundMessages found, @Nullable Throwable failure) {
        if (found != null) {
            found.hits().forEach(hit -> counts.put(hit.seq(), hit.count()));
            if (found.next() > 0 && found.next() < range.before()) {
                ranges.addFirst(new Range(found.next(), range.after()));
            }
            requestNext();
        } else {
            ranges.clear();
            error = sentence(failure);
        }
        onChange.run();
    }

    private static String sentence(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : FutureFailures.unwrap(failure);
        return cause instanceof ClientException e
                        && (e.code().equals(ErrorCode.TOO_SLOW)
                                || e.code().equals(ErrorCode.BAD_REQUEST))
                ? String.valueOf(e.getMessage())
                : "The part of the conversation that is not loaded could not be searched.";
    }

    /// Whether all messages were searched, or cannot be.
    boolean isComplete() {
        return !running && ranges.isEmpty();
    }

    /// Why messages could not be searched; empty if they could.
    String error() {
        return error;
    }

    long countBefore(long seq) {
        return sum(counts.headMap(seq, false).values());
    }

    long countAfter(long seq) {
        return sum(counts.tailMap(seq, false).values());
    }

    private static long sum(Iterable<Integer> values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    /// The next message with matches after a position.
    OptionalLong next(long seq) {
        Long found = counts.higherKey(seq);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /// The last message with matches before a position.
    OptionalLong previous(long seq) {
        Long found = counts.lowerKey(seq);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    /// A message has no match that is shown.
    void remove(long seq) {
        counts.remove(seq);
    }
}
