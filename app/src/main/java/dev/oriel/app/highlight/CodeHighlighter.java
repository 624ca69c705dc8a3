package dev.oriel.app.highlight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Colours code in the background, and keeps the colours of the code that was asked for last.
///
/// Code that continues code which is known already, as a block does while it is streamed, is
/// coloured only from where it differs: the colours of a line depend on the lines before it, never
/// on those after. What was the last line keeps its colours until those of the longer line are
/// known, so that no colour disappears for a moment.
///
/// Bounds: at most [#MAX_LINES] lines and [#MAX_CHARS] characters of a block have colours, and a
/// block whose expressions take more than [#MAX_COST] steps stays plain from there on.
///
/// Thread-safe. Colours of one block are computed in slices, so that a long block does not hold up
/// the others.
public final class CodeHighlighter implements CodeColors {
    static final int MAX_LINES = 4_000;
    static final int MAX_CHARS = 400_000;
    static final long MAX_COST = 100_000_000;

    /// How many lines of finished blocks are kept, besides those that wait.
    static final int MAX_KEPT_LINES = 20_000;

    /// The length of a slice.
    static final int SLICE_LINES = 100;

    private static final long SLICE_COST = 2_000_000;

    private final Executor listeners;
    private final Executor background;
    private final LineColorer colorer;
    private final List<Runnable> onColored = new CopyOnWriteArrayList<>();

    private final Object lock = new Object();

    /// Guarded by `lock`, as are the blocks themselves; in the order in which they were asked for.
    private final Map<Code, HighlightedBlock> blocks = new LinkedHashMap<>(64, 0.75f, true);

    /// The latest block with a first line; guarded by `lock`.
    private final Map<Code, HighlightedBlock> latest = new HashMap<>();

    /// What waits; guarded by `lock`.
    private final Deque<HighlightedBlock> queue = new ArrayDeque<>();

    /// Whether a slice is running or due; guarded by `lock`.
    private boolean running;

    /// Guarded by `lock`.
    private int keptLines;

    /// Lines in a language.
    private record Code(Language language, List<String> lines) {}

    /// @param listeners runs the listeners, such as the lane of the JavaFX thread
    /// @param background runs slices, one at a time
    public CodeHighlighter(Executor listeners, Executor background) {
        this(listeners, background, new GrammarTokens());
    }

    CodeHighlighter(Executor listeners, Executor background, LineColorer colorer) {
        this.listeners = listeners;
        this.background = background;
        this.colorer = colorer;
    }

    /// @param listener called when more colours are known
    /// @return removes the listener
    public Runnable subscribe(Runnable listener) {
        onColored.add(listener);
        return () -> onColored.remove(listener);
    }

    @Override
    public ColoredLines of(@Nullable Language language, List<String> lines) {
        int count = colored(lines);
        if (language == null || count == 0) {
            return ColoredLines.PLAIN;
        }
        Code code = new Code(language, count == lines.size() ? lines : lines.subList(0, count));
        synchronized (lock) {
            HighlightedBlock known = blocks.get(code);
            if (known == null) {
                known = add(code);
            }
            return known.colors();
        }
    }

    private static int colored(List<String> lines) {
        int chars = 0;
        int count = 0;
        while (count < lines.size() && count < MAX_LINES && chars < MAX_CHARS) {
            chars += lines.get(count).length() + 1;
            count++;
        }
        return count;
    }

    /// Only with `lock`.
    private HighlightedBlock add(Code asked) {
        Code code = new Code(asked.language(), List.copyOf(asked.lines()));
        HighlightedBlock block = new HighlightedBlock(code.language(), code.lines());
        Code head = head(code);
        HighlightedBlock before = latest.get(head);
        boolean grown = false;
        if (before != null) {
            grown = block.continueFrom(before);
            if (grown) {
                remove(before);
                before.setSuccessor(block);
            }
        }
        latest.put(head, block);
        blocks.put(code, block);
        keptLines += code.lines().size();
        removeOldest();
        // A block that grows is the one that is read.
        if (grown) {
            queue.addFirst(block);
        } else {
            queue.addLast(block);
        }
        if (!running) {
            running = true;
            background.execute(this::runSlice);
        }
        return block;
    }

    private static Code head(Code code) {
        return new Code(code.language(), List.of(code.lines().getFirst()));
    }

    /// Only with `lock`.
    private void remove(HighlightedBlock block) {
        Code code = new Code(block.language(), block.lines());
        if (blocks.remove(code, block)) {
            keptLines -= block.lines().size();
            latest.remove(head(code), block);
        }
        queue.remove(block);
        block.drop();
    }

    /// Only with `lock`.
    private void removeOldest() {
        if (keptLines <= MAX_KEPT_LINES) {
            return;
        }
        for (HighlightedBlock old : List.copyOf(blocks.values())) {
            if (keptLines > MAX_KEPT_LINES && old.isComplete()) {
                remove(old);
            }
        }
    }

    private void runSlice() {
        HighlightedBlock block;
        int from;
        Object state;
        synchronized (lock) {
            block = queue.poll();
            if (block == null) {
                running = false;
                return;
            }
            from = block.done();
            state = block.lastState();
        }
        List<LineColorer.Colored> done = new ArrayList<>();
        long cost = 0;
        for (int i = from;
                i < block.lines().size() && done.size() < SLICE_LINES && cost < SLICE_COST;
                i++) {
            LineColorer.Colored line = colorer.color(block.language(), block.lines().get(i), state);
            done.add(line);
            cost += line.cost();
            state = line.state();
        }
        boolean news;
        synchronized (lock) {
            news = block.append(done);
            news |= passOn(block);
            if (!block.isComplete() && !block.isDropped()) {
                queue.addLast(block);
            }
            running = !queue.isEmpty();
            if (running) {
                background.execute(this::runSlice);
            }
        }
        if (news) {
            onColored.forEach(listeners::execute);
        }
    }

    /// Gives the colours of a block to the one that replaced it meanwhile. Without this, code that
    /// grows faster than it is coloured would stay plain. Only with `lock`.
    ///
    /// @return whether that one has more colours now
    private static boolean passOn(HighlightedBlock block) {
        HighlightedBlock last = block.successor();
        while (last != null && last.successor() != null) {
            last = last.successor();
        }
        if (last == null || last.done() >= block.done()) {
            return false;
        }
        last.continueFrom(block);
        return true;
    }
}
