package dev.oriel.app.find;

import dev.oriel.client.FoundMessages;
import dev.oriel.message.find.TextQuery;
import java.util.concurrent.CompletableFuture;

/// Searches all messages of the open session, wherever they are kept.
@FunctionalInterface
public interface FindSource {
    /// See [dev.oriel.client.ServerClient#find].
    CompletableFuture<FoundMessages> find(TextQuery query, long before, long after);
}
