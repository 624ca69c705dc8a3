package dev.oriel.app.find;

/// What the find bar shows about a search.
///
/// @param text such as `3 of 128`; empty if nothing is sought
/// @param isError whether the text says why nothing can be found
/// @param hasHits whether there is a hit to go to
public record FindState(String text, boolean isError, boolean hasHits) {
    static final FindState NONE = new FindState("", false, false);

    static FindState error(String sentence) {
        return new FindState(sentence, true, false);
    }

    /// @param ordinal of the current hit, from 1; 0 if there is none
    /// @param total hits that are known
    /// @param complete whether everything was searched
    /// @param note added to the number; may be empty
    static FindState of(long ordinal, long total, boolean complete, String note) {
        if (total == 0) {
            return new FindState(complete ? "No results" : "Searching…", false, false);
        }
        String all = "%,d%s".formatted(total, complete ? "" : "+");
        String text = ordinal > 0 ? "%,d of %s".formatted(ordinal, all) : all + " found";
        return new FindState(note.isEmpty() ? text : text + ", " + note, false, true);
    }
}
