package dev.oriel.app.transcript.area;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paragraphs of each item.
public final class ItemPositions {
    private final List<Item> items = new ArrayList<>();
    private int[] starts = new int[64];
    private int paragraphs;

    /// Adds the item after those that were added before.
    public void add(Item item, List<ParagraphBlock> blocks) {
        if (items.size() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[items.size()] = paragraphs;
        items.add(item);
        for (ParagraphBlock b : blocks) {
            paragraphs += b.paragraphCount();
        }
    }

    private int indexAt(int paragraph) {
        int at = Arrays.binarySearch(starts, 0, items.size(), paragraph);
        int index = at >= 0 ? at : -at - 2;
        // An item without paragraphs has the same start as the next one.
        while (index + 1 < items.size() && starts[index + 1] <= paragraph) {
            index++;
        }
        return Math.min(index, items.size() - 1);
    }

    /// The item that a paragraph belongs to; null if there is none.
    public @Nullable Item itemAt(int paragraph) {
        int index = items.isEmpty() ? -1 : indexAt(paragraph);
        return index < 0 ? null : items.get(index);
    }

    /// The first paragraph of the item that a paragraph belongs to.
    public int startAt(int paragraph) {
        return items.isEmpty() ? 0 : starts[indexAt(paragraph)];
    }

    /// The first paragraph after an item; -1 if the item is unknown.
    public int endOf(String itemId) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(itemId)) {
                return i + 1 < items.size() ? starts[i + 1] : paragraphs;
            }
        }
        return -1;
    }

    /// The first paragraph of an item; -1 if the item is unknown.
    public int startOf(String itemId) {
        int index = indexOf(itemId, items);
        return index < 0 ? -1 : starts[index];
    }

    /// The index of an item, of the line that hides it, or of the first item that such a line hid
    /// before; -1 if there is none.
    public static int indexOf(String itemId, List<Item> all) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(itemId)) {
                return i;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Item item = all.get(i);
            if ((item instanceof Item.Work work && work.hides(itemId))
                    || itemId.equals(Item.Work.PREFIX + item.id())) {
                return i;
            }
        }
        return -1;
    }

    /// The line that hides an item; null if none does.
    public Item.@Nullable Work lineFor(String itemId) {
        for (Item item : items) {
            if (item instanceof Item.Work work && work.hides(itemId)) {
                return work;
            }
        }
        return null;
    }

    /// The index of a paragraph's item among all items, also of those that are hidden.
    public int indexIn(List<Item> all, int paragraph) {
        Item shown = itemAt(paragraph);
        Item item = shown instanceof Item.Work work ? work.hidden().getFirst() : shown;
        for (int i = 0; i < all.size(); i++) {
            if (item != null && all.get(i).id().equals(item.id())) {
                return i;
            }
        }
        return all.size() - 1;
    }

    /// The items that these paragraphs show. Items without paragraphs are shown by the item before
    /// them, such as the members of a closed group.
    public List<Item> items(int fromParagraph, int toParagraph) {
        if (items.isEmpty()) {
            return List.of();
        }
        int end = indexAt(toParagraph) + 1;
        while (end < items.size() && starts[end] == endAt(end)) {
            end++;
        }
        return List.copyOf(items.subList(indexAt(fromParagraph), end));
    }

    private int endAt(int index) {
        return index + 1 < items.size() ? starts[index + 1] : paragraphs;
    }

    /// The next prompt before or after a paragraph, whether it has paragraphs yet or not; null if
    /// there is none.
    ///
    /// @param all the items that are shown, also those that are not rendered yet
    public Item.@Nullable Prompt nextPrompt(List<Item> all, int paragraph, boolean forward) {
        Item at = itemAt(paragraph);
        int index = at == null ? (forward ? -1 : all.size()) : indexOf(at.id(), all);
        if (!forward && at instanceof Item.Prompt prompt && startAt(paragraph) < paragraph) {
            return prompt;
        }
        for (int i = index + (forward ? 1 : -1); i >= 0 && i < all.size(); i += forward ? 1 : -1) {
            if (all.get(i) instanceof Item.Prompt prompt) {
                return prompt;
            }
        }
        return null;
    }
}
