package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.ServerClient;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.message.MessageType;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The prompts that the user has sent in one session: those that were received while it is open,
/// and older ones once they are loaded. Belongs to the JavaFX thread.
final class PromptHistory {
    /// From this number on, a new prompt replaces the oldest one and no older ones are loaded. The
    /// page that reaches it may add more, up to one for each of its messages.
    private static final int ENOUGH_PROMPTS = 50;

    /// How many pages without a prompt one call loads, because a turn can be long.
    private static final int MAX_PAGES = 10;

    private final String session;
    private final ServerClient client;
    private final Executor fx;
    private final List<String> prompts = new ArrayList<>();

    /// Messages before this position have not been read; 0 if there are none, or if older prompts
    /// are no longer loaded because a known one was dropped.
    private long unread = Long.MAX_VALUE;

    /// The load that is under way.
    private @Nullable CompletableFuture<Boolean> loading;

    PromptHistory(String session, ServerClient client, Executor fx) {
        this.session = session;
        this.client = client;
        this.fx = fx;
    }

    /// New messages follow this position.
    void startAfter(long seq) {
        unread = seq + 1;
    }

    /// Adds a new message, if it is a prompt of the user.
    void add(Message message) {
        String prompt = prompt(message);
        if (prompt != null) {
            prompts.add(prompt);
            if (prompts.size() > ENOUGH_PROMPTS) {
                prompts.removeFirst();
                unread = 0;
            }
        }
    }

    /// Adds the prompts of the latest page.
    void add(HistoryPage page) {
        page.messages().forEach(this::add);
        markRead(page);
    }

    /// The text of a prompt; null for another message. A `user` message of the agent's process
    /// names its conversation, which a prompt does not.
    private static @Nullable String prompt(Message message) {
        if (!message.is(MessageType.USER)) {
            return null;
        }
        JsonNode tree = message.tree();
        boolean fromAgent =
                tree.path("session_id").isTextual()
                        || tree.path("parent_tool_use_id").isTextual()
                        || tree.has("tool_use_result")
                        || tree.path("isSynthetic").asBoolean()
                        || tree.path("isReplay").asBoolean();
        String text = fromAgent ? "" : UserMessages.text(tree);
        return text.isBlank() ? null : text;
    }

    /// The known prompts, oldest first.
    List<String> all() {
        return List.copyOf(prompts);
    }

    /// Loads older prompts.
    ///
    /// @return whether any were found
    CompletableFuture<Boolean> loadOlder() {
        if (unread <= 1 || prompts.size() >= ENOUGH_PROMPTS) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> now = loading;
        if (now == null) {
            now = loadPages(MAX_PAGES).whenCompleteAsync((_, _) -> loading = null, fx);
            loading = now.isDone() ? null : now;
        }
        return now;
    }

    private CompletableFuture<Boolean> loadPages(int pages) {
        return client.messagesBefore(session, unread, ConversationCache.PAGE_SIZE)
                .thenComposeAsync(
                        page -> {
                            if (unread == 0) {
                                // A new prompt has replaced one that would follow this page.
                                return CompletableFuture.completedFuture(false);
                            }
                            List<String> found = new ArrayList<>();
                            for (Message message : page.messages()) {
                                String prompt = prompt(message);
                                if (prompt != null) {
                                    found.add(prompt);
                                }
                            }
                            prompts.addAll(0, found);
                            markRead(page);
                            return found.isEmpty() && unread > 1 && pages > 1
                                    ? loadPages(pages - 1)
                                    : CompletableFuture.completedFuture(!found.isEmpty());
                        },
                        fx);
    }

    private void markRead(HistoryPage page) {
        unread =
                unread == 0 || page.messages().isEmpty() || !page.hasMore()
                        ? 0
                        : MessageSeq.of(page.messages().getFirst());
    }
}
