package dev.oriel.serve;

import dev.oriel.client.connect.Chat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Interrupts a pending answer when the process is ended by Ctrl-C, so that the server does not go
/// on working on it.
final class CtrlCHandler {
    private static final int INTERRUPTED = 130;

    private final Chat chat;
    private final CompletableFuture<?> answer;
    private final Duration endTimeout;

    /// Written by the main thread, read by the shutdown hook.
    private volatile boolean disarmed;

    private CtrlCHandler(Chat chat, CompletableFuture<?> answer, Duration endTimeout) {
        this.chat = chat;
        this.answer = answer;
        this.endTimeout = endTimeout;
    }

    /// Registers the handler.
    ///
    /// @param endTimeout how long it waits for the end of the interrupted answer
    static CtrlCHandler install(Chat chat, CompletableFuture<?> answer, Duration endTimeout) {
        CtrlCHandler handler = new CtrlCHandler(chat, answer, endTimeout);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("stop-answer").unstarted(handler::onShutdown));
        return handler;
    }

    /// The answer was received, or given up.
    void disarm() {
        disarmed = true;
    }

    private void onShutdown() {
        if (disarmed || answer.isDone()) {
            return;
        }
        chat.interrupt();
        TimeLimits.awaitEnd(answer, endTimeout);
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
