package dev.oriel.serve;

import dev.oriel.client.Chat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Ctrl-C stops the answer before it ends the process: the server shall not go on for nobody.
final class Stopping {
    private static final int INTERRUPTED = 130;

    private final Chat chat;
    private final Duration patience;
    private volatile CompletableFuture<?> answer = new CompletableFuture<>();
    private volatile boolean done;

    private Stopping(Chat chat, Duration patience) {
        this.chat = chat;
        this.patience = patience;
    }

    static Stopping watch(Chat chat, Duration patience) {
        Stopping stopping = new Stopping(chat, patience);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-answer").unstarted(stopping::stop));
        return stopping;
    }

    void of(CompletableFuture<?> running) {
        answer = running;
    }

    void done() {
        done = true;
    }

    private void stop() {
        if (done || answer.isDone()) {
            return;
        }
        chat.interrupt();
        answer.handle((_, _) -> null)
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
