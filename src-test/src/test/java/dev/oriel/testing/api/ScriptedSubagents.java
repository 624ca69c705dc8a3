package dev.oriel.testing.api;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.subagent.SubagentRunner;
import dev.oriel.message.Json;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Subagents that report what the test wants, when the test wants it.
public final class ScriptedSubagents implements SubagentRunner {
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final List<Assignment> started = new CopyOnWriteArrayList<>();
    private final String text;
    private final @Nullable String error;

    /// @param text the report of each subagent
    /// @param error why each could not go on; null if it finishes
    public ScriptedSubagents(String text, @Nullable String error) {
        this.text = text;
        this.error = error;
    }

    /// Lets all subagents end.
    public ScriptedSubagents ending() {
        mayEnd.countDown();
        return this;
    }

    public List<Assignment> started() {
        return started;
    }

    @Override
    public Report run(Assignment assignment, CancelScope cancel, Consumer<Progress> progress)
            throws InterruptedException {
        started.add(assignment);
        progress.accept(new Progress(5, 1, "Grep"));
        CountDownLatch cancelled = new CountDownLatch(1);
        try (CancelScope.Registration _ = cancel.onCancel(cancelled::countDown)) {
            while (mayEnd.getCount() > 0) {
                if (cancelled.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    throw new CancellationException();
                }
            }
        }
        return new Report(text, 31, 1, Json.object().put("output_tokens", 31), error);
    }
}
