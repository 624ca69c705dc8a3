package dev.oriel.app.session;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.PageLoader;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.ServerClient;
import dev.oriel.client.ServerClient.EarlierWork;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The conversations that were opened most recently, so that a session that is opened again shows
/// the place where the user read. Belongs to the JavaFX thread.
public final class ConversationCache {
    /// How many messages are loaded at once.
    static final int PAGE_SIZE = 200;

    private static final int MAX_CONVERSATIONS = 8;

    /// A conversation that has missed more messages than this is loaded anew from its end.
    private static final int MAX_MISSED = 1_000;

    private final Executor fx;
    private final Clock clock;
    private final ConversationModel.Retries retries;
    private final Consumer<String> errors;
    private final LinkedHashMap<String, ConversationModel> cached =
            LinkedHashMap.newLinkedHashMap(MAX_CONVERSATIONS);

    /// @param retries performs the retries that the open conversation offers
    /// @param errors receives sentences for the user
    public ConversationCache(
            Executor fx, Clock clock, ConversationModel.Retries retries, Consumer<String> errors) {
        this.fx = fx;
        this.retries = retries;
        this.clock = clock;
        this.errors = errors;
    }

    /// The cached conversation of a session, or a new one without messages.
    ///
    /// @param from loads its messages
    public ConversationModel get(SessionInfo session, ServerClient from) {
        ConversationModel before = cached.remove(session.id());
        ConversationModel model =
                before == null || session.lastSeq() - before.lastSeq() > MAX_MISSED
                        ? new RemotePageLoader(from, session.id()).model
                        : before;
        cached.putLast(session.id(), model);
        if (cached.size() > MAX_CONVERSATIONS) {
            cached.pollFirstEntry();
        }
        return model;
    }

    /// Removes the conversation of a session that was deleted.
    public void remove(String id) {
        cached.remove(id);
    }

    /// Removes all conversations.
    public void clear() {
        cached.clear();
    }

    /// The messages before and after a position.
    private record Around(HistoryPage before, HistoryPage after) {
        List<Message> messages() {
            List<Message> all = new ArrayList<>(before.messages());
            all.addAll(after.messages());
            return all;
        }
    }

    /// Loads the pages of one conversation.
    private final class RemotePageLoader implements PageLoader {
        private final ServerClient from;
        private final String id;
        private final ConversationModel model;

        RemotePageLoader(ServerClient from, String id) {
            this.from = from;
            this.id = id;
            this.model = new ConversationModel(this, retries, clock);
        }

        @Override
        public void loadOlder(long seq) {
            whenLoaded(
                    from.messagesBefore(id, seq, PAGE_SIZE),
                    (p, m) -> m.prepend(p.messages(), p.hasMore()));
        }

        @Override
        public void loadNewer(long seq) {
            whenLoaded(
                    from.messagesAfter(id, seq, PAGE_SIZE),
                    (p, m) -> m.append(p.messages(), p.hasMore()));
        }

        @Override
        public void loadAround(long seq) {
            CompletableFuture<Around> around =
                    from.messagesBefore(id, seq + 1, PAGE_SIZE / 2)
                            .thenCombine(from.messagesAfter(id, seq, PAGE_SIZE / 2), Around::new);
            whenLoaded(
                    around,
                    (a, m) ->
                            m.showAround(a.messages(), a.before().hasMore(), a.after().hasMore()));
        }

        @Override
        public void loadLatest() {
            whenLoaded(
                    from.messagesBefore(id, Long.MAX_VALUE, PAGE_SIZE),
                    (p, m) -> m.showLatest(p.messages(), p.hasMore()));
        }

        /// A server that cannot tell has nothing to report: older pages show the same.
        @Override
        public void loadEarlierWork(long seq) {
            from.findEarlierWork(id, seq)
                    .exceptionally(_ -> EarlierWork.NONE)
                    .thenAcceptAsync(w -> model.applyEarlierWork(w.messages(), w.running()), fx);
        }

        @Override
        public CompletableFuture<Optional<Message>> findMessage(long seq) {
            return from.messagesBefore(id, seq + 1, 1)
                    .thenApply(page ->
                            page.messages().stream()
                                    .filter(m -> MessageSeq.of(m) == seq)
                                    .findFirst());
        }

        private <T> void whenLoaded(
                CompletableFuture<T> page, BiConsumer<T, ConversationModel> use) {
            page.whenCompleteAsync(
                    (p, failure) -> {
                        if (failure == null) {
                            use.accept(p, model);
                        } else {
                            model.onPageFailed();
                            errors.accept("Messages could not be loaded.");
                        }
                    },
                    fx);
        }
    }
}
