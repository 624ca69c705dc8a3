package dev.oriel.session.state;

import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.message.Message;
import dev.oriel.session.api.PromptSettings;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A prompt that waits for its turn.
///
/// @param settings what it runs with; null for the session's own
/// @param bytes approximate size in memory
public record WaitingPrompt(
        UUID uuid, Message user, @Nullable PromptSettings settings, long bytes) {
    public static WaitingPrompt of(UUID uuid, Message user, @Nullable PromptSettings settings) {
        return new WaitingPrompt(
                uuid,
                user,
                settings,
                user.bytes().length + (settings == null ? 0 : settings.size()));
    }

    /// @param mayBypass whether the operator allows `bypassPermissions` now
    static WaitingPrompt from(QueuedPrompt stored, boolean mayBypass) {
        String settings = stored.setting();
        return of(
                stored.uuid(),
                stored.user(),
                settings == null ? null : PromptSettings.fromJson(settings, mayBypass));
    }

    /// The settings as the journal keeps them.
    @Nullable String storedSettings() {
        return settings == null ? null : settings.toJson();
    }
}
