package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The blocks of an item, and for what they were rendered.
///
/// @param options its time counts only while the item runs
/// @param highlight null if nothing is highlighted
/// @param colors those that were not known
record RenderedItem(
        Item item,
        RenderOptions options,
        @Nullable Highlight highlight,
        AwaitedColors colors,
        List<ParagraphBlock> blocks) {
    /// A search hit, and the item in which it is highlighted.
    record Highlight(String itemId, SearchTargetMatcher words) {}

    /// Whether the same would be rendered now, apart from colours of code.
    boolean fits(Item now, RenderOptions nowOptions, @Nullable Highlight nowHighlight) {
        return item.equals(now)
                && Objects.equals(highlight, nowHighlight)
                && options.toggled() == nowOptions.toggled()
                && options.expansions() == nowOptions.expansions()
                && options.parts().equals(nowOptions.parts())
                && options.settings().equals(nowOptions.settings())
                && options.inGroup() == nowOptions.inGroup()
                && LiveTime.step(now, options.now()) == LiveTime.step(now, nowOptions.now());
    }

    /// Whether more colours of code are known than when it was rendered.
    boolean isColoredAnew() {
        return colors.haveChanged();
    }

    /// The same with the objects of earlier blocks where their content is the same, so that the
    /// document does not change there.
    RenderedItem reusing(@Nullable RenderedItem before) {
        if (before == null) {
            return this;
        }
        List<ParagraphBlock> kept = new ArrayList<>(blocks);
        for (int i = 0; i < kept.size() && i < before.blocks.size(); i++) {
            ParagraphBlock old = before.blocks.get(i);
            if (old.hasSameContent(kept.get(i))) {
                kept.set(i, old);
            }
        }
        return new RenderedItem(item, options, highlight, colors, kept);
    }
}
