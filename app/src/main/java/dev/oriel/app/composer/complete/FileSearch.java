package dev.oriel.app.composer.complete;

import dev.oriel.client.FileMatches;
import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks the server for files, one query at a time: while one is under way, only the last of the
/// queries that are made meanwhile is asked after it. Belongs to the JavaFX thread.
final class FileSearch {
    private static final int LIMIT = 50;

    private final Executor fx;
    private final Consumer<FoundCompletions> receiver;
    private @Nullable CompletionTarget target;
    private boolean searching;
    private @Nullable CompletionTrigger next;

    /// @param receiver receives what was found for the last query, never for one before it
    FileSearch(Executor fx, Consumer<FoundCompletions> receiver) {
        this.fx = fx;
        this.receiver = receiver;
    }

    void attach(@Nullable CompletionTarget to) {
        target = to;
        searching = false;
        next = null;
    }

    /// Finds the files for a word.
    void find(CompletionTrigger trigger) {
        next = trigger;
        if (!searching) {
            start(trigger);
        }
    }

    /// Drops the query that waits, and what the current one finds.
    void cancel() {
        next = null;
    }

    private void start(CompletionTrigger trigger) {
        CompletionTarget from = target;
        if (from == null) {
            return;
        }
        searching = true;
        from.findFiles(trigger.query(), LIMIT)
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (from.equals(target)) {
                                onFound(trigger, found, failure);
                            }
                        },
                        fx);
    }

    private void onFound(
            CompletionTrigger trigger, FileMatches found, @Nullable Throwable failure) {
        searching = false;
        CompletionTrigger wanted = next;
        if (wanted == null) {
            return;
        }
        if (!wanted.equals(trigger)) {
            start(wanted);
            return;
        }
        next = null;
        if (failure != null) {
            receiver.accept(new FoundCompletions(List.of(), FutureFailures.message(failure)));
            return;
        }
        receiver.accept(FileCompletions.of(found, trigger.quoted()));
        if (found.indexing()) {
            // The server takes its time for such a reply, so this does not ask without a pause.
            find(trigger);
        }
    }
}
