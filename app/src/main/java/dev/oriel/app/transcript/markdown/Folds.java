package dev.oriel.app.transcript.markdown;

import java.util.Set;

/// Which foldable parts of a text are open. Immutable.
///
/// @param allOpen whether all are open that were not closed one by one
/// @param toggled parts that were opened or closed one by one
public record Folds(boolean allOpen, Set<String> toggled) {
    /// Nothing was opened or closed.
    public static final Folds NONE = new Folds(false, Set.of());

    public Folds {
        toggled = Set.copyOf(toggled);
    }

    /// Whether a part is open.
    ///
    /// @param atFirst whether the author opened it
    boolean isOpen(String part, boolean atFirst) {
        return (allOpen || atFirst) != toggled.contains(name(part));
    }

    /// The name under which a part is toggled now.
    String name(String part) {
        return allOpen ? part + "/closed" : part;
    }
}
