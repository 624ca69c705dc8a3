package dev.oriel.app.transcript.options;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.markdown.Folds;
import dev.oriel.app.transcript.markdown.MarkdownLayout;
import java.time.Instant;
import java.util.Set;

/// Everything besides the item itself that determines how it is rendered.
///
/// @param toggled whether the user opened an item that is closed by default, or closed an open one
/// @param expansions how many times the user chose to see more of it
/// @param parts the parts of the item that the user opened, or closed if they are open by default
/// @param settings what holds for all items
/// @param now the time, for durations of running items
/// @param inGroup whether it is shown under the line of its group
/// @param allOpen whether everything is open that can be, except raw JSON; nothing counts as
///   toggled
/// @param colors of code, as far as they are known
public record RenderOptions(
        boolean toggled,
        int expansions,
        Set<String> parts,
        RenderSettings settings,
        Instant now,
        boolean inGroup,
        boolean allOpen,
        CodeColors colors) {
    public RenderOptions {
        parts = Set.copyOf(parts);
    }

    /// Options without colours of code.
    public RenderOptions(
            boolean toggled,
            int expansions,
            Set<String> parts,
            RenderSettings settings,
            Instant now) {
        this(toggled, expansions, parts, settings, now, false, false, CodeColors.NONE);
    }

    /// Options without colours of code, for an item of which no part was opened or closed.
    public RenderOptions(boolean toggled, int expansions, RenderSettings settings, Instant now) {
        this(toggled, expansions, Set.of(), settings, now);
    }

    public RenderOptions withColors(CodeColors known) {
        return new RenderOptions(
                toggled, expansions, parts, settings, now, inGroup, allOpen, known);
    }

    public RenderOptions withInGroup(boolean grouped) {
        return new RenderOptions(
                toggled, expansions, parts, settings, now, grouped, allOpen, colors);
    }

    /// Characters of code in a line.
    public int columns() {
        return settings.columns();
    }

    /// Options with which everything is shown that can be opened.
    ///
    /// @param expansions how many times more is shown of long texts
    public static RenderOptions ofAllOpen(RenderSettings settings, int expansions) {
        return new RenderOptions(
                false, expansions, Set.of(), settings, Instant.EPOCH, false, true, CodeColors.NONE);
    }

    /// Whether the item is open.
    ///
    /// @param atFirst whether it is open by default
    public boolean isOpen(boolean atFirst) {
        return allOpen || toggled != atFirst;
    }

    /// Whether a part of the item is open.
    ///
    /// @param atFirst whether it is open by default
    public boolean isPartOpen(String part, boolean atFirst) {
        return allOpen || parts.contains(part) != atFirst;
    }

    /// The layout of an item's Markdown.
    public MarkdownLayout markdown(String itemId) {
        return markdown(itemId, "");
    }

    /// The layout of one of several Markdown texts of an item.
    ///
    /// @param prefix begins the names of the parts of this text
    public MarkdownLayout markdown(String itemId, String prefix) {
        return settings.markdown(itemId + prefix)
                .withFolds(new Folds(itemId, prefix, allOpen, parts));
    }
}
