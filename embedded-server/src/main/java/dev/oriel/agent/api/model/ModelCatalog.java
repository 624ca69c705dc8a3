package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.MessagesApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that an account's server lists. Thread-safe.
public final class ModelCatalog implements Models {
    private static final int WINDOW = 200_000;
    private static final int MAX_OUTPUT = 32_000;

    private final MessagesApi api;
    private final @Nullable String preferred;
    private List<ModelInfo> known = List.of(); // guarded by this

    /// @param preferred id of the model of sessions that choose none; null for the newest
    public ModelCatalog(MessagesApi api, @Nullable String preferred) {
        this.api = api;
        this.preferred = preferred;
    }

    @Override
    public List<ModelInfo> list(CancelScope cancel) throws ApiException {
        synchronized (this) {
            if (!known.isEmpty()) {
                return known;
            }
        }
        List<ModelInfo> listed = api.models(cancel).stream().map(ModelCatalog::info).toList();
        synchronized (this) {
            known = listed;
            return known;
        }
    }

    @Override
    public synchronized @Nullable ModelInfo find(@Nullable String name) {
        String wanted = name == null ? preferred : name;
        if (wanted == null) {
            return known.isEmpty() ? null : known.getFirst();
        }
        return known.stream()
                .filter(m -> m.id().equals(wanted))
                .findFirst()
                .orElseGet(() -> guess(wanted, wanted));
    }

    private static ModelInfo info(ObjectNode listed) {
        String id = listed.path("id").asText();
        return guess(id, listed.path("display_name").asText(id));
    }

    private static ModelInfo guess(String id, String name) {
        return new ModelInfo(
                id, name, "", WINDOW, MAX_OUTPUT, ModelInfo.Thinking.NONE, List.of(), null);
    }
}
