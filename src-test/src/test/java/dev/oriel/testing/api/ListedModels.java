package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A Messages API that only lists models.
public final class ListedModels implements MessagesApi {
    private final List<ObjectNode> models;
    private int requests; // guarded by this

    /// @param json the models, as JSON objects
    public ListedModels(String... json) {
        models = Stream.of(json).map(ListedModels::parse).toList();
    }

    public static ObjectNode parse(String json) {
        try {
            return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// How often the list was requested.
    public synchronized int requests() {
        return requests;
    }

    @Override
    public synchronized List<ObjectNode> models(CancelScope cancel) {
        requests++;
        return models;
    }

    @Override
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
