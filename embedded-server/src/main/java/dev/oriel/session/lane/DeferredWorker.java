package dev.oriel.session.lane;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Lets a lane be made before the session that works on it, as each needs the other.
public final class DeferredWorker implements Lane.Worker {
    private volatile Lane.@Nullable Worker worker;

    public void become(Lane.Worker real) {
        worker = real;
    }

    @Override
    public void process(List<AgentInput> ready) {
        Objects.requireNonNull(worker, "no agent is started before the session is made")
                .process(ready);
    }
}
