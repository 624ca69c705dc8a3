package dev.oriel.dialect.enhanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.session.api.BadRequestException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The frames of `batch` frames, which the original documents but ignores. They are handled in
/// order, as if they had arrived one by one, except that a query waits for the one before it. Used
/// by one thread.
final class BatchQueue {
    private static final int MAX_FRAMES = 1_000;

    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private final Consumer<ObjectNode> handler;

    BatchQueue(Consumer<ObjectNode> handler) {
        this.handler = handler;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// @throws BadRequestException if it is not a batch; then none of it is handled
    void add(JsonNode messages) throws BadRequestException {
        if (!messages.isArray()) {
            throw new BadRequestException("messages must be an array");
        }
        List<ObjectNode> frames = new ArrayList<>();
        for (JsonNode each : messages) {
            if (!(each instanceof ObjectNode frame)) {
                throw new BadRequestException("each of messages must be an object");
            }
            if (frame.path("type").asText().equals("batch")) {
                throw new BadRequestException("a batch cannot hold another");
            }
            frames.add(frame);
        }
        if (waiting.size() + frames.size() > MAX_FRAMES) {
            throw new BadRequestException("messages must be at most " + MAX_FRAMES);
        }
        waiting.addAll(frames);
    }

    /// Handles the waiting frames, up to a query that has to wait.
    ///
    /// @param busy whether a query is running
    void drain(BooleanSupplier busy) {
        while (!waiting.isEmpty()) {
            if (waiting.getFirst().path("type").asText().equals("query") && busy.getAsBoolean()) {
                return;
            }
            handler.accept(waiting.removeFirst());
        }
    }

    void clear() {
        waiting.clear();
    }
}
