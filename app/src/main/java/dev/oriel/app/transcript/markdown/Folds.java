package dev.oriel.app.transcript.markdown;

import dev.oriel.app.transcript.document.ClickAction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which foldable parts of a text are open. Immutable.
///
/// @param itemId the item that shows the text; empty if nothing can be opened or closed
/// @param prefix put before the name of each part, so that names are unique in the item
/// @param allOpen whether all parts are open
/// @param toggled names of the parts that are open and were written closed, or the opposite
public record Folds(String itemId, String prefix, boolean allOpen, Set<String> toggled) {
    /// All parts are as their author wrote them, and stay so.
    public static final Folds NONE = new Folds("", "", false, Set.of());

    /// All parts are open, and stay so.
    public static final Folds ALL_OPEN = new Folds("", "", true, Set.of());

    public Folds {
        toggled = Set.copyOf(toggled);
    }

    /// Whether a part is open.
    ///
    /// @param atFirst whether the author opened it
    boolean isOpen(String part, boolean atFirst) {
        return allOpen || atFirst != toggled.contains(prefix + part);
    }

    /// What opens or closes a part; null if nothing can.
    @Nullable ClickAction toggle(String part) {
        return itemId.isEmpty() ? null : new ClickAction.TogglePart(itemId, prefix + part);
    }
}
