package dev.oriel.session.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.session.api.ThinkingSettings;
import dev.oriel.session.control.SavedControlRequests;
import java.util.List;
import java.util.Optional;

/// The control requests of a session that later agents get before their first prompt, counted in
/// the memory budget. Confined to the lane.
public final class SavedControls {
    private static final int MAX_LENGTH = 64 * 1024;

    private final SessionMemoryBudget budget;
    private SavedControlRequests saved;

    SavedControls(SavedControlRequests stored, SessionMemoryBudget budget) {
        this.saved = stored;
        this.budget = budget;
        budget.add(stored.length());
    }

    /// Inner objects, in the order in which an agent gets them.
    public List<ObjectNode> requests() {
        return saved.requests();
    }

    /// How much the agents think.
    ThinkingSettings thinking() {
        return saved.thinking();
    }

    /// The form that is stored with the session.
    SavedControlRequests saved() {
        return saved;
    }

    /// Checks whether a request can be saved.
    ///
    /// @return why it cannot, for the user
    public Optional<String> check(ObjectNode request) {
        int length = saved.with(request).length();
        if (length > MAX_LENGTH) {
            return Optional.of("What is changed of a session has at most 64 KiB.");
        }
        return budget.hasRoomFor(length - saved.length())
                ? Optional.empty()
                : Optional.of("The sessions keep too much already. Try again later.");
    }

    /// Saves a request for later agents.
    public void save(ObjectNode request) {
        replace(saved.with(request));
    }

    /// Returns what is counted in the budget: the session was deleted.
    public void releaseMemory() {
        replace(SavedControlRequests.NONE);
    }

    private void replace(SavedControlRequests next) {
        budget.release(saved.length());
        saved = next;
        budget.add(saved.length());
    }
}
