package dev.oriel.app.composer;

import java.util.Locale;

/// The sentence in the empty composer that says what the send key does now.
final class ComposerHint {
    static final String SEARCHING = "Search your messages  ·  Enter takes one, Esc goes back";

    private ComposerHint() {}

    /// A name at the start of a sentence.
    static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /// @param key the label of the send key
    /// @param online whether a prompt can be sent at once
    /// @param busy whether a turn is running
    /// @param held whether the queue waits until the user resumes it
    /// @param addressee who replies, in a sentence
    static String of(String key, boolean online, boolean busy, boolean held, String addressee) {
        if (!online) {
            return key + " keeps your message until the connection is back";
        }
        if (busy) {
            return key + " queues your message until the turn is finished";
        }
        return held
                ? key + " sends this after the waiting messages and resumes them"
                : "Message " + addressee + "  ·  " + key + " sends";
    }
}
