package dev.oriel.app.transcript.diff;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.highlight.Language;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a [DiffPane] shows.
///
/// @param headings lines above the diffs
/// @param language of the file; null if unknown
/// @param size number of characters that are compared, which determines where that is done
/// @param diffs compares the texts, on any thread
public record DiffContent(
        List<String> headings,
        @Nullable Language language,
        int size,
        Supplier<List<EditDiffs.Titled>> diffs) {
    public DiffContent {
        headings = List.copyOf(headings);
    }
}
