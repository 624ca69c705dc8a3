package dev.oriel.app.composer.complete;

import dev.oriel.platform.FutureFailures;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The agent's commands for one page, loaded when they are first needed. Belongs to the JavaFX
/// thread.
final class CommandList {
    private final Executor fx;
    private final Runnable changed;
    private @Nullable CompletionTarget target;
    private @Nullable List<AgentCommand> commands;
    private String failure = "";
    private boolean loading;

    /// @param changed called whenever the commands, or the reason why there are none, are known
    CommandList(Executor fx, Runnable changed) {
        this.fx = fx;
        this.changed = changed;
    }

    /// Turns to another page, of which no commands are known.
    void attach(@Nullable CompletionTarget to) {
        target = to;
        commands = null;
        failure = "";
        loading = false;
    }

    /// Loads the commands unless they are known or being loaded.
    void load() {
        CompletionTarget from = target;
        if (from == null || commands != null || loading) {
            return;
        }
        loading = true;
        from.commands()
                .whenCompleteAsync(
                        (loaded, problem) -> {
                            if (!from.equals(target)) {
                                return;
                            }
                            loading = false;
                            commands = problem == null ? loaded : null;
                            failure = problem == null ? "" : FutureFailures.message(problem);
                            changed.run();
                        },
                        fx);
    }

    /// The commands, as far as they are known.
    List<AgentCommand> known() {
        List<AgentCommand> now = commands;
        return now == null ? List.of() : now;
    }

    /// Why they are not known; empty if they are.
    String note() {
        if (commands != null) {
            return "";
        }
        return loading ? "Loading Claude’s commands…" : failure;
    }
}
