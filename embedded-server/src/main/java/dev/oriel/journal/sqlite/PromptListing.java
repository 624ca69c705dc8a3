package dev.oriel.journal.sqlite;

import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.ReaderPool;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the prompts of journals from before version 9, on a thread of its own that ends when all
/// are listed. Each step is short and is followed by a pause, so that others read and write in
/// between. After a crash or a failure the next process continues where the last step ended.
final class PromptListing implements AutoCloseable {
    /// Before the first step, because a server that starts has other things to do.
    private static final Duration DELAY = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(PromptListing.class);

    private final SessionWriter writer;
    private final ReaderPool readers;
    private final Thread thread;
    private volatile boolean closed;

    private PromptListing(SessionWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
        this.thread =
                Thread.ofPlatform().daemon().name("oriel-prompt-listing").unstarted(this::run);
    }

    /// @param unlisted whether a session is unlisted; if none is, no thread is started
    static PromptListing start(SessionWriter writer, ReaderPool readers, boolean unlisted) {
        PromptListing listing = new PromptListing(writer, readers);
        if (unlisted) {
            listing.thread.start();
        }
        return listing;
    }

    private void run() {
        try {
            pause(DELAY);
            while (!closed && step(writer, readers)) {
                pause(PAUSE);
            }
        } catch (JournalException e) {
            LOG.info("Earlier prompts are listed after the next start: {}", e.getMessage());
        }
    }

    private void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (!closed && left > 0) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
    }

    /// Searches some messages, and lists the prompts among them.
    ///
    /// @return false if there is nothing left to search
    static boolean step(SessionWriter writer, ReaderPool readers) throws JournalException {
        Optional<UnlistedPrompts.Found> found =
                readers.read(reader -> UnlistedPrompts.search(reader.connection()));
        if (found.isEmpty()) {
            return false;
        }
        writer.writeUnindexed(
                0,
                tables -> {
                    tables.unlisted().list(found.get());
                    return found;
                });
        return true;
    }

    /// Waits for the step that is running.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
