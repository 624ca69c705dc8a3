package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.MessagesApi;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The models that an account's server lists. Thread-safe.
public final class ModelCatalog implements Models {
    /// Families, each an alias of its newest model.
    private static final Set<String> FAMILIES = Set.of("opus", "sonnet", "haiku", "fable");

    /// The family of sessions that choose no model.
    private static final String USUAL = "opus";

    private final MessagesApi api;
    private final URI server;
    private final @Nullable String preferred;
    private List<ModelInfo> known = List.of(); // guarded by this

    /// @param server the account's address
    /// @param preferred id or alias of the model of sessions that choose none; null for the newest
    ///   of the usual family, or the newest of all
    public ModelCatalog(MessagesApi api, URI server, @Nullable String preferred) {
        this.api = api;
        this.server = server;
        this.preferred = preferred;
    }

    /// The account's default comes first, the others newest first.
    @Override
    public List<ModelInfo> list(CancelScope cancel) throws ApiException {
        synchronized (this) {
            if (!known.isEmpty()) {
                return known;
            }
        }
        List<ModelInfo> listed = api.models(cancel).stream().map(this::info).toList();
        synchronized (this) {
            known = listed;
            ModelInfo first = find(null);
            // The sort is stable.
            known = listed.stream().sorted(Comparator.comparing(m -> !m.equals(first))).toList();
            return known;
        }
    }

    @Override
    public synchronized @Nullable ModelInfo find(@Nullable String name) {
        String wanted = name == null || name.equals("default") ? preferred : name;
        if (wanted == null || wanted.equals("default")) {
            ModelInfo usual = newest(USUAL);
            return usual != null || known.isEmpty() ? usual : known.getFirst();
        }
        for (ModelInfo model : known) {
            if (model.id().equals(wanted)) {
                return model;
            }
        }
        if (FAMILIES.contains(wanted)) {
            ModelInfo newest = newest(wanted);
            if (newest != null) {
                return newest;
            }
            if (known.isEmpty()) {
                return ModelFacts.newest(server, wanted);
            }
        }
        return ModelFacts.of(server, wanted);
    }

    /// Requires the lock.
    private @Nullable ModelInfo newest(String family) {
        return known.stream()
                .filter(m -> ("-" + m.id() + "-").contains("-" + family + "-"))
                .findFirst()
                .orElse(null);
    }

    private ModelInfo info(ObjectNode listed) {
        return ModelFacts.of(server, listed.path("id").asText(), listed);
    }
}
