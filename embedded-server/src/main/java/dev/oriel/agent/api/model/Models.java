package dev.oriel.agent.api.model;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models of one account. Thread-safe.
public interface Models {
    /// The models, newest first. Requests the list at the first call; may block.
    ///
    /// @throws ApiException if the server cannot be asked and nothing is known yet
    List<ModelInfo> list(CancelScope cancel) throws ApiException;

    /// Finds a model without asking the server.
    ///
    /// @param name an id, or an alias such as `opus`; null for the account's default
    /// @return a guess for a model that is not known; null only if there is no default
    @Nullable ModelInfo find(@Nullable String name);
}
