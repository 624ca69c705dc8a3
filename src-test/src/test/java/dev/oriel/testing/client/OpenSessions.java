package dev.oriel.testing.client;

import dev.oriel.app.composer.QueuedPrompt;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.HistoryPage;
import dev.oriel.client.PromptOutbox;
import dev.oriel.message.Message;
import java.util.List;

/// Open sessions of the window whose events nobody reads, for tests of view-models that send
/// control requests.
public final class OpenSessions {
    /// Ignores all events of a session.
    public static final Ignoring IGNORING = new Ignoring();

    private OpenSessions() {}

    /// Opens a session that runs its callbacks at once.
    public static OpenSession open(FakeServerClient client, String id) {
        OpenSession open =
                new OpenSession(
                        id, client, PromptOutbox.inMemory(), Runnable::run, IGNORING, IGNORING);
        open.start(1);
        return open;
    }

    /// Ignores all events of a session.
    public static final class Ignoring implements OpenSession.Listener, OpenSession.Owner {
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
