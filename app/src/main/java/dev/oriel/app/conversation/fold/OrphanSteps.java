package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages of subagents whose calls are not held, until an older page has the calls. The latest
/// [#MOST] are kept.
final class OrphanSteps {
    static final int MOST = 300;

    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    /// @param parent the id of the call that the subagent works for
    /// @param tree the message
    record Step(String parent, JsonNode tree, @Nullable Instant at) {}

    void add(String parent, JsonNode tree, @Nullable Instant at) {
        add(new Step(parent, tree, at));
    }

    void add(Step step) {
        steps.add(step);
        if (steps.size() > MOST) {
            steps.remove();
        }
    }

    /// Removes all steps, and returns them in order.
    List<Step> takeAll() {
        List<Step> all = List.copyOf(steps);
        steps.clear();
        return all;
    }
}
