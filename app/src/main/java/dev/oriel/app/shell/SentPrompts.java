package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.Page;
import dev.oriel.client.Remote;
import dev.oriel.client.Seq;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the user has sent in one session, for recalling it: what came while the session is open,
/// and, once it is asked for, what was sent before. Belongs to the JavaFX thread.
final class SentPrompts {
    private static final int MOST = 50;

    /// How many pages without any prompt are looked through at once: a turn can be long.
    private static final int MOST_PAGES = 10;

    private final String session;
    private final Remote remote;
    private final Executor fx;
    private final List<String> all = new ArrayList<>();

    /// Messages before this position have not been looked through; 0 if there are none.
    private long unread = Long.MAX_VALUE;

    private @Nullable CompletableFuture<Boolean> reading;

    SentPrompts(String session, Remote remote, Executor fx) {
        this.session = session;
        this.remote = remote;
        this.fx = fx;
    }

    /// What comes from now on follows this position.
    void startAfter(long seq) {
        unread = seq + 1;
    }

    /// Takes a new message; only the user's own prompts are kept.
    void take(Message message) {
        String prompt = prompt(message);
        if (prompt != null) {
            all.add(prompt);
            if (all.size() > MOST) {
                all.removeFirst();
                unread = 0;
            }
        }
    }

    /// Takes the latest page.
    void take(Page page) {
        page.messages().forEach(this::take);
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
    CompletableFuture<Boolean> older() {
        if (unread <= 1 || all.size() >= MOST) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> now = reading;
        if (now == null) {
            now = read(MOST_PAGES).whenCompleteAsync((_, _) -> reading = null, fx);
            reading = now.isDone() ? null : now;
        }
        return now;
    }

    private CompletableFuture<Boolean> read(int pages) {
        return remote.before(session, unread, Conversations.PAGE)
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
                                    ? read(pages - 1)
                                    : CompletableFuture.completedFuture(!found.isEmpty());
                        },
                        fx);
    }

    private void readDownTo(Page page) {
        unread = page.messages().isEmpty() || !page.more() ? 0 : Seq.of(page.messages().getFirst());
    }
}
