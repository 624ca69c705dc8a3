package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.notice.ApiRetry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The one notice about a request that is sent again: it follows the attempts, and then tells how
/// many there were.
final class ApiRetries {
    private final ItemWindow window;
    private @Nullable String shown;
    private @Nullable ApiRetry last;

    ApiRetries(ItemWindow window) {
        this.window = window;
    }

    /// @param id of the notice if it is the first attempt
    /// @param at when it was reported; null if unknown
    void show(String id, JsonNode tree, @Nullable Instant at) {
        ApiRetry retry = ApiRetry.of(tree);
        String own = shown == null ? id : shown;
        window.put(retry.running(own, MessageFields.seq(tree), at));
        shown = own;
        last = retry;
    }

    /// Claude answers, or the turn is over.
    void finish() {
        ApiRetry retry = last;
        if (retry != null && shown != null && window.find(shown) instanceof Item.Notice running) {
            window.put(retry.over(running.id(), running.seq()));
        }
        shown = null;
        last = null;
    }
}
