package dev.oriel.testing.manual;

import dev.oriel.app.conversation.ConversationModel;
import java.util.ArrayList;
import java.util.List;

/// Records which prompts a conversation sends again.
public final class RecordingRetries implements ConversationModel.Retries {
    private final List<String> retries = new ArrayList<>();

    /// `unsent` or `prompt go on`, in order.
    public List<String> retries() {
        return retries;
    }

    @Override
    public void retryUnsent() {
        retries.add("unsent");
    }

    @Override
    public void retryPrompt(String text) {
        retries.add("prompt " + text);
    }
}
