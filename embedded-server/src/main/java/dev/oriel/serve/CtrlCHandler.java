package dev.oriel.serve;

import dev.oriel.client.connect.Chat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Ctrl-C stops the answer before it ends the process: the server shall not go on for nobody.
final class CtrlCHandler {
    private static final int INTERRUPTED = 130;

    private final Chat chat;
    private final Duration patience;
    private volatile CompletableFuture<?> answer = new CompletableFuture<>();
    private volatile boolean done;

    private CtrlCHandler(Chat chat, Duration patience) {
        this.chat = chat;
        this.patience = patience;
    }

    static CtrlCHandler install(Chat chat, Duration patience) {
        CtrlCHandler stopping = new CtrlCHandler(chat, patience);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("stop-answer").unstarted(stopping::onShutdown));
        return stopping;
    }

    void setAnswer(CompletableFuture<?> running) {
        answer = running;
    }

    void disarm() {
        done = true;
    }

    private void onShutdown() {
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
