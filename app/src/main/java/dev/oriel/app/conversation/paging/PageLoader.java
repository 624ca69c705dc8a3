package dev.oriel.app.conversation.paging;

/// Where a conversation's pages come from. Called on the JavaFX thread; answers come back later, on
/// the same thread, through the model's `prepend`, `append`, `openAround` and `open`, or its
/// `notFetched`. While an answer is due the same is not asked again.
public interface PageLoader {
    /// Wanted: the messages right before `seq`. Answered by
    /// [dev.oriel.app.conversation.ConversationModel#prepend].
    void loadOlder(long seq);

    /// Wanted: the messages right after `seq`. Answered by
    /// [dev.oriel.app.conversation.ConversationModel#append].
    void loadNewer(long seq);

    /// Wanted: the message `seq` and what is right before and after it. Answered by
    /// [dev.oriel.app.conversation.ConversationModel#showAround].
    void loadAround(long seq);

    /// Wanted: the last messages of all. Answered by
    /// [dev.oriel.app.conversation.ConversationModel#showLatest].
    void loadLatest();
}
