package dev.oriel.app.transcript;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.markdown.MarkdownBlockWriter;
import org.jspecify.annotations.Nullable;

/// Goes from a reference to its footnote, and back. Belongs to the JavaFX thread.
final class FootnoteJumps {
    private final TranscriptArea area;
    private final TailFollower follow;

    FootnoteJumps(TranscriptArea area, TailFollower follow) {
        this.area = area;
        this.follow = follow;
    }

    private interface Finder {
        ActionStops.@Nullable Stop in(int paragraph);
    }

    /// Selects the footnote of the item at the caret, and scrolls to it.
    void toFootnote(int number, ItemPositions positions) {
        go(positions, p -> footnoteIn(p, number));
    }

    private ActionStops.@Nullable Stop footnoteIn(int paragraph, int number) {
        var text = area.getParagraph(paragraph);
        return text.getParagraphStyle().classes().contains(MarkdownBlockWriter.FOOTNOTE + number)
                ? new ActionStops.Stop(
                        paragraph, 0, text.length(), new ClickAction.ToFootnote(number))
                : null;
    }

    /// Selects the first reference to a footnote of the item at the caret, and scrolls to it.
    void toReference(int number, ItemPositions positions) {
        ClickAction reference = new ClickAction.ToFootnote(number);
        go(
                positions,
                p ->
                        ActionStops.of(p, area.getParagraph(p)).stream()
                                .filter(s -> s.action().equals(reference))
                                .findFirst()
                                .orElse(null));
    }

    private void go(ItemPositions positions, Finder finder) {
        Item item = positions.itemAt(area.getCurrentParagraph());
        if (item == null) {
            return;
        }
        int start = positions.startOf(item.id());
        for (int p = start; p < positions.endOf(item.id()); p++) {
            ActionStops.Stop found = finder.in(p);
            if (found != null) {
                area.selectRange(p, found.end(), p, found.start());
                scrollTo(item, p - start, p);
                return;
            }
        }
    }

    private void scrollTo(Item item, int offset, int paragraph) {
        boolean inSight =
                area.topOf(paragraph)
                        .map(top -> top >= 0 && top < area.getViewportHeight() - 40)
                        .orElse(false);
        if (!inSight) {
            follow.apply(new Trigger.ScrolledUp());
            follow.goTo(new ReadingPosition.At(item.id(), offset, area.getViewportHeight() / 3));
        }
    }
}
