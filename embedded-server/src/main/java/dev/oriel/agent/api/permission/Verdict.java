package dev.oriel.agent.api.permission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/// The decision on a tool call.
public sealed interface Verdict {
    /// Why, in the CLI's terms: `rule`, `mode`, `workingDir`, `subcommandResults`, `other`.
    String reason();

    /// The call may run.
    record Allow(String reason) implements Verdict {}

    /// The user decides.
    ///
    /// @param text the reason in a sentence, for the user; null for none
    /// @param blockedPath the path that is outside the folder; null for none
    /// @param suggestions the updates of permissions that are offered, `permission_suggestions`;
    ///   null for none
    record Ask(
            String reason,
            @Nullable String text,
            @Nullable String blockedPath,
            @Nullable ArrayNode suggestions)
            implements Verdict {}

    /// The call must not run.
    ///
    /// @param message for the model
    record Deny(String reason, String message) implements Verdict {}
}
