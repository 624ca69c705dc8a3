package dev.oriel.session.state;

import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.message.Message;
import dev.oriel.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A prompt that waits for its turn.
///
/// @param setting what it is to run with; null for the session's own
/// @param bytes that it takes in memory, about
public record WaitingPrompt(
        UUID uuid, Message user, Session.@Nullable PromptSettings setting, long bytes) {
    public static WaitingPrompt of(
            UUID uuid, Message user, Session.@Nullable PromptSettings setting) {
        return new WaitingPrompt(
                uuid,
                user,
                setting,
                user.bytes().length + (setting == null ? 0 : setting.weight()));
    }

    /// @param mayBypass whether the operator allows it now
    static WaitingPrompt of(QueuedPrompt kept, boolean mayBypass) {
        String setting = kept.setting();
        return of(
                kept.uuid(),
                kept.user(),
                setting == null ? null : Session.PromptSettings.fromJson(setting, mayBypass));
    }

    /// What the journal keeps of its setting.
    @Nullable String kept() {
        return setting == null ? null : setting.toJson();
    }
}
