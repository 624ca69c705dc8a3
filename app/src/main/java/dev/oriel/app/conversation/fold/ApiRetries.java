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

    /// The notice about a request that may have been sent before this part; null if there is none.
    private @Nullable String first;

    private int firstAttempt;

    /// Whether a request of this part was answered or has failed.
    private boolean finished;

    ApiRetries(ItemWindow window) {
        this.window = window;
    }

    /// @param id of the notice if it is the first attempt
    /// @param at when it was reported; null if unknown
    void show(String id, JsonNode tree, @Nullable Instant at) {
        ApiRetry retry = ApiRetry.of(tree);
        String own = shown == null ? id : shown;
        if (shown == null && !finished) {
            first = id;
            firstAttempt = retry.attempt();
        }
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
        finished = true;
    }

    /// Joins the part that comes right before this one, before its items are joined.
    void joinOlder(ApiRetries older) {
        String open = older.shown;
        String own = first;
        ApiRetry before = older.last;
        if (open != null
                && own != null
                && before != null
                && firstAttempt > before.attempt()
                && window.find(own) instanceof Item.Notice later) {
            // The same request: one notice, where its first attempt failed.
            window.remove(own);
            older.window.put(
                    new Item.Notice(open, later.seq(), later.level(), later.text(), later.details())
                            .withUntil(later.until()));
            if (own.equals(shown)) {
                shown = open;
            }
            first = older.first;
            firstAttempt = older.firstAttempt;
        } else if (before != null) {
            older.finish();
            first = older.first;
            firstAttempt = older.firstAttempt;
        } else if (older.finished) {
            first = older.first;
            firstAttempt = older.firstAttempt;
        }
        finished |= older.finished;
    }
}
