package dev.oriel.app.conversation.paging;

import dev.oriel.message.Message;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Loads pages of a conversation.
///
/// Called on the JavaFX thread; returns at once. Each page is passed to the
/// [dev.oriel.app.conversation.ConversationModel] later, on the same thread, by the method named
/// here, or a failure by [dev.oriel.app.conversation.ConversationModel#onPageFailed].
public interface PageLoader {
    /// Loads the messages right before `seq`, for
    /// [dev.oriel.app.conversation.ConversationModel#prepend].
    void loadOlder(long seq);

    /// Loads the messages right after `seq`, for
    /// [dev.oriel.app.conversation.ConversationModel#append].
    void loadNewer(long seq);

    /// Loads the message `seq` and the messages around it, for
    /// [dev.oriel.app.conversation.ConversationModel#showAround].
    void loadAround(long seq);

    /// Loads the last messages of the conversation, for
    /// [dev.oriel.app.conversation.ConversationModel#showLatest].
    void loadLatest();

    /// Loads what the messages before `seq` tell of the checklist and the tasks, for
    /// [dev.oriel.app.conversation.ConversationModel#applyEarlierWork]. Nothing is reported if that
    /// fails.
    default void loadEarlierWork(long seq) {
        // There is nothing to load it from.
    }

    /// Finds one message, for what the model does not keep of it.
    ///
    /// @return completes on any thread; fails with an exception whose message is for the user
    CompletableFuture<Optional<Message>> findMessage(long seq);
}
