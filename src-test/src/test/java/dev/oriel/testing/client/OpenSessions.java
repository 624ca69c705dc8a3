package dev.oriel.testing.client;

import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Message;
import java.util.List;

/// Sessions that are open in a window which does nothing with their events. They run their
/// callbacks at once.
public final class OpenSessions {
    private OpenSessions() {}

    /// Opens a session and subscribes to it.
    public static OpenSession open(FakeServerClient client, String id) {
        OpenSession session = create(client, id, PromptOutbox.inMemory());
        session.start(1);
        return session;
    }

    /// A session that is not subscribed to yet.
    public static OpenSession create(FakeServerClient client, String id, PromptOutbox outbox) {
        Ignoring ignoring = new Ignoring();
        return new OpenSession(id, client, outbox, Runnable::run, ignoring, ignoring);
    }

    private static final class Ignoring implements OpenSession.Listener, OpenSession.Owner {
        @Override
        public void onStatus(ConnectionStatus status) {}

        @Override
        public void onLatestPage(HistoryPage page) {}

        @Override
        public void onMessages(List<Message> batch) {}

        @Override
        public void onQueue(List<QueuedPrompt> waiting, boolean held) {}

        @Override
        public void onJournalReplaced(String id) {}

        @Override
        public void onStoredAfterClose(String id) {}
    }
}
