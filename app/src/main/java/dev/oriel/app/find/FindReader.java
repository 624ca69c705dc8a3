package dev.oriel.app.find;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.message.find.TextMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The transcript, as a search needs it. Belongs to the JavaFX thread.
public interface FindReader {
    /// Returns the lines of an item as they are shown once all of it is open. May be called on any
    /// thread.
    interface LineSource {
        List<String> lines(Item item);
    }

    /// Renders with the settings of now.
    LineSource lineSource();

    /// The id of the last item in sight; null if there is none.
    @Nullable String lastInSight();

    /// Opens the item of a hit as far as needed, scrolls to the hit, and marks it as the current
    /// one.
    void show(FindHit hit);

    /// The item of the current hit changed, for example because its text grows.
    ///
    /// @param hit the same hit among the lines of now
    void update(FindHit hit);

    /// Marks all matches in sight; null to mark nothing, not even the current hit.
    void mark(@Nullable TextMatcher matcher);
}
