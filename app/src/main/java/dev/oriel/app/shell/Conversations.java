package dev.oriel.app.shell;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.paging.Pages;
import dev.oriel.client.Remote;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Message;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The conversations that were open last, as far as they are held: who comes back finds the place
/// where they read. Belongs to the JavaFX thread.
final class Conversations {
    static final int PAGE = 200;

    private static final int MOST_HELD = 8;

    /// Who was away longer than this many messages begins anew at the end.
    private static final int MOST_MISSED = 1_000;

    private final Executor fx;
    private final Clock clock;
    private final Consumer<String> trouble;
    private final LinkedHashMap<String, ConversationModel> held =
            LinkedHashMap.newLinkedHashMap(MOST_HELD);

    Conversations(Executor fx, Clock clock, Consumer<String> trouble) {
        this.fx = fx;
        this.clock = clock;
        this.trouble = trouble;
    }

    /// The conversation of a session: the one that is held, or a new one that knows nothing yet.
    ConversationModel of(SessionInfo session, Remote from) {
        ConversationModel before = held.remove(session.id());
        ConversationModel model =
                before == null || session.lastSeq() - before.lastSeq() > MOST_MISSED
                        ? new Fetching(from, session.id()).made()
                        : before;
        held.putLast(session.id(), model);
        if (held.size() > MOST_HELD) {
            held.pollFirstEntry();
        }
        return model;
    }

    /// Another server, or a session that is gone.
    void forget(@Nullable String id) {
        if (id == null) {
            held.clear();
        } else {
            held.remove(id);
        }
    }

    /// What stands around a place.
    private record Around(dev.oriel.client.Page before, dev.oriel.client.Page after) {
        List<Message> messages() {
            List<Message> all = new ArrayList<>(before.messages());
            all.addAll(after.messages());
            return all;
        }
    }

    /// Fetches what a reader comes near to.
    private final class Fetching implements Pages {
        private final Remote from;
        private final String id;
        private final ConversationModel model;

        Fetching(Remote from, String id) {
            this.from = from;
            this.id = id;
            this.model = new ConversationModel(this, clock);
        }

        ConversationModel made() {
            return model;
        }

        @Override
        public void olderNeeded(long seq) {
            then(from.before(id, seq, PAGE), (p, m) -> m.prepend(p.messages(), p.more()));
        }

        @Override
        public void newerNeeded(long seq) {
            then(from.after(id, seq, PAGE), (p, m) -> m.append(p.messages(), p.more()));
        }

        @Override
        public void aroundNeeded(long seq) {
            CompletableFuture<Around> around =
                    from.before(id, seq + 1, PAGE / 2)
                            .thenCombine(from.after(id, seq, PAGE / 2), Around::new);
            then(around, (a, m) -> m.openAround(a.messages(), a.before().more(), a.after().more()));
        }

        @Override
        public void latestNeeded() {
            then(from.before(id, Long.MAX_VALUE, PAGE), (p, m) -> m.open(p.messages(), p.more()));
        }

        private <T> void then(CompletableFuture<T> page, BiConsumer<T, ConversationModel> use) {
            page.whenCompleteAsync(
                    (p, failure) -> {
                        if (failure == null) {
                            use.accept(p, model);
                        } else {
                            model.notFetched();
                            trouble.accept("Earlier messages could not be fetched.");
                        }
                    },
                    fx);
        }
    }
}
