package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far an item is open. Immutable.
///
/// @param toggled as in [RenderOptions]
/// @param expansions as in [RenderOptions]
/// @param parts as in [RenderOptions]
record ItemOpening(boolean toggled, int expansions, Set<String> parts) {
    /// The expansions that are tried to show a line.
    private static final int[] EXPANSIONS = {0, 1, 2, 3, 4, 5, 6, 12, 24, 48, ItemLines.ALL};

    /// Parts that are tried one by one.
    private static final int MOST_TRIED = 40;

    ItemOpening {
        parts = Set.copyOf(parts);
    }

    /// A line that is to be shown.
    interface Sought {
        /// Where the line is among lines.
        ///
        /// @return -1 if it is not among them
        int indexIn(List<ParagraphBlock> shown);
    }

    /// Opens as little more as needed to show a line.
    ///
    /// @return null if the item has no such line
    @Nullable ItemOpening reveal(Item item, RenderSettings settings, Sought line) {
        Trial trial = new Trial(item, settings, line);
        if (trial.shows(this)) {
            return this;
        }
        List<ParagraphBlock> all =
                ItemRenderer.render(item, RenderOptions.ofAllOpen(settings, ItemLines.ALL));
        int place = line.indexIn(all);
        if (place < 0) {
            return null;
        }
        ItemOpening wide = new ItemOpening(toggled, expansions + ItemLines.ALL, parts);
        if (!trial.shows(wide)) {
            wide = trial.larger(wide, wide.withToggled(!toggled));
        }
        if (!trial.shows(wide)) {
            wide = trial.withParts(wide, partsBefore(all, place));
        }
        for (int more : EXPANSIONS) {
            ItemOpening enough = new ItemOpening(wide.toggled, expansions + more, wide.parts);
            if (trial.shows(enough)) {
                return enough;
            }
        }
        return null;
    }

    private ItemOpening withToggled(boolean other) {
        return new ItemOpening(other, expansions, parts);
    }

    private ItemOpening withPartToggled(String part) {
        Set<String> other = new HashSet<>(parts);
        if (!other.remove(part)) {
            other.add(part);
        }
        return new ItemOpening(toggled, expansions, other);
    }

    /// The parts that can be opened in lines up to a line, the nearest first.
    private static List<String> partsBefore(List<ParagraphBlock> blocks, int line) {
        Set<String> parts = new LinkedHashSet<>();
        int at = 0;
        for (ParagraphBlock block : blocks) {
            for (int i = 0; i < block.paragraphCount() && at <= line; i++, at++) {
                ParagraphStyle style = block.document().getParagraphs().get(i).getParagraphStyle();
                if (style.action() instanceof ClickAction.TogglePart(_, String part)) {
                    parts.add(part);
                }
            }
        }
        return new ArrayList<>(parts).reversed();
    }

    /// Renders an item in different states.
    private record Trial(Item item, RenderSettings settings, Sought line) {
        List<ParagraphBlock> render(ItemOpening open) {
            return ItemRenderer.render(
                    item,
                    new RenderOptions(
                            open.toggled, open.expansions, open.parts, settings, Instant.EPOCH));
        }

        boolean shows(ItemOpening open) {
            return line.indexIn(render(open)) >= 0;
        }

        ItemOpening larger(ItemOpening one, ItemOpening other) {
            return paragraphs(other) > paragraphs(one) ? other : one;
        }

        private int paragraphs(ItemOpening open) {
            return render(open).stream().mapToInt(ParagraphBlock::paragraphCount).sum();
        }

        /// With the part open that has the line, and what is around that part. The names of parts
        /// inside of a part begin with its name.
        ItemOpening withParts(ItemOpening closed, List<String> nearest) {
            ItemOpening last = closed;
            for (String part : nearest.subList(0, Math.min(nearest.size(), MOST_TRIED))) {
                last = closed;
                for (String outer : nearest.reversed()) {
                    if (part.equals(outer)
                            || part.startsWith(outer + '/')
                            || part.startsWith(outer + '#')) {
                        last = larger(last, last.withPartToggled(outer));
                    }
                }
                if (shows(last)) {
                    return last;
                }
            }
            return last;
        }
    }
}
