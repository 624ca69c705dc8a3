package dev.oriel.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.MessageSeq;
import dev.oriel.client.ServerClient;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the user has sent in one session, for recalling it: what came while the session is open,
/// and, once it is asked for, what was sent before. Belongs to the JavaFX thread.
final class PromptHistory {
    private static final int MAX_PROMPTS = 50;

    /// How many pages without any prompt are looked through at once: a turn can be long.
    private static final int MAX_PAGES = 10;

    private final String session;
    private final ServerClient remote;
    private final Executor fx;
    private final List<String> all = new ArrayList<>();

    /// Messages before this position have not been looked through; 0 if there are none.
    private long unread = Long.MAX_VALUE;

    private @Nullable CompletableFuture<Boolean> reading;

    PromptHistory(String session, ServerClient remote, Executor fx) {
        this.session = session;
        this.remote = remote;
        this.fx = fx;
    }

    /// What comes from now on follows this position.
    void startAfter(long seq) {
        unread = seq + 1;
    }

    /// Takes a new message; only the user's own prompts are kept.
    void add(Message message) {
        String prompt = prompt(message);
        if (prompt != null) {
            all.add(prompt);
            if (all.size() > MAX_PROMPTS) {
                all.removeFirst();
                unread = 0;
            }
        }
    }

    /// Takes the latest page.
    void add(HistoryPage page) {
        page.messages().forEach(this::add);
        readDownTo(page);
    }

    /// A message of the agent's process names its conversation, also where it is of type `user`; a
    /// prompt does not.
    private static @Nullable String prompt(Message message) {
        if (!message.is("user")) {
            return null;
        }
        JsonNode tree = message.tree();
        boolean agents =
                tree.path("session_id").isTextual()
                        || tree.path("parent_tool_use_id").isTextual()
                        || tree.has("tool_use_result")
                        || tree.path("isSynthetic").asBoolean()
                        || tree.path("isReplay").asBoolean();
        String text = agents ? "" : UserMessages.text(tree);
        return text.isBlank() ? null : text;
    }

    /// Oldest first.
    List<String> all() {
        return List.copyOf(all);
    }

    /// Reads on into the past.
    ///
    /// @return whether anything was found that was not known before
    CompletableFuture<Boolean> loadOlder() {
        if (unread <= 1 || all.size() >= MAX_PROMPTS) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> now = reading;
        if (now == null) {
            now = loadPages(MAX_PAGES).whenCompleteAsync((_, _) -> reading = null, fx);
            reading = now.isDone() ? null : now;
        }
        return now;
    }

    private CompletableFuture<Boolean> loadPages(int pages) {
        return remote.messagesBefore(session, unread, ConversationCache.PAGE_SIZE)
                .thenComposeAsync(
                        page -> {
                            List<String> found = new ArrayList<>();
                            for (Message message : page.messages()) {
                                String prompt = prompt(message);
                                if (prompt != null) {
                                    found.add(prompt);
                                }
                            }
                            all.addAll(0, found);
                            readDownTo(page);
                            return found.isEmpty() && unread > 1 && pages > 1
                                    ? loadPages(pages - 1)
                                    : CompletableFuture.completedFuture(!found.isEmpty());
                        },
                        fx);
    }

    private void readDownTo(HistoryPage page) {
        unread =
                page.messages().isEmpty() || !page.hasMore()
                        ? 0
                        : MessageSeq.of(page.messages().getFirst());
    }
}
