package dev.oriel.app.composer.complete;

import java.util.List;

/// The rows for a query, best first.
///
/// @param note one line about them, such as why there are none; empty for none
record FoundCompletions(List<Completion> rows, String note) {
    static final FoundCompletions NONE = new FoundCompletions(List.of(), "");

    FoundCompletions {
        rows = List.copyOf(rows);
    }
}
