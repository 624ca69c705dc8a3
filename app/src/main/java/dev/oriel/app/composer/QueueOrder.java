package dev.oriel.app.composer;

import java.util.ArrayList;
import java.util.List;

/// The order of waiting prompts. Pure.
final class QueueOrder {
    private QueueOrder() {}

    /// The UUIDs of the prompts that the server has, in their order.
    static List<String> sent(List<QueuedPrompt> queue) {
        return queue.stream().filter(QueuedPrompt::sent).map(QueuedPrompt::uuid).toList();
    }

    /// The order of the prompts that the server has, after one of them was moved.
    ///
    /// @param requested an order that the server has not confirmed yet; ignored if it is of other
    ///   prompts
    /// @param to the prompt's new index among them
    /// @return their UUIDs; empty if it cannot be moved there
    static List<String> moved(
            List<QueuedPrompt> queue, List<String> requested, QueuedPrompt prompt, int to) {
        List<String> now = sent(queue);
        boolean pending = requested.size() == now.size() && requested.containsAll(now);
        List<String> order = new ArrayList<>(pending ? requested : now);
        int from = prompt.sent() ? order.indexOf(prompt.uuid()) : -1;
        if (from < 0 || to < 0 || to >= order.size() || to == from) {
            return List.of();
        }
        order.add(to, order.remove(from));
        return order;
    }
}
