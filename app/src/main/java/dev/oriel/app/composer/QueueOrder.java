package dev.oriel.app.composer;

import java.util.ArrayList;
import java.util.List;

/// The order of waiting prompts. Pure.
final class QueueOrder {
    private QueueOrder() {}

    /// The order of the prompts that the server has, after one of them was moved.
    ///
    /// @param to its new index among them
    /// @return their UUIDs; empty if it cannot be moved there
    static List<String> moved(List<QueuedPrompt> queue, QueuedPrompt prompt, int to) {
        List<String> order = new ArrayList<>();
        queue.stream().filter(QueuedPrompt::sent).forEach(p -> order.add(p.uuid()));
        int from = prompt.sent() ? order.indexOf(prompt.uuid()) : -1;
        if (from < 0 || to < 0 || to >= order.size() || to == from) {
            return List.of();
        }
        order.add(to, order.remove(from));
        return order;
    }
}
