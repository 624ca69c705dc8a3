package dev.oriel.app.asks.scope;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Something that can be allowed together with a call. Immutable.
///
/// @param title what is allowed, and where it holds
/// @param saved the rules, modes or folders as the agent saves them, one each
/// @param scope where it holds
/// @param updates the `updatedPermissions` of the reply; never modified
public record AllowChoice(
        String title, List<String> saved, RuleScope scope, List<ObjectNode> updates) {
    public AllowChoice {
        saved = List.copyOf(saved);
        updates = List.copyOf(updates);
    }
}
