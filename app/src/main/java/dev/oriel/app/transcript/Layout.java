package dev.oriel.app.transcript;

import dev.oriel.app.conversation.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which paragraphs belong to which item.
final class Layout {
    private final List<Item> items = new ArrayList<>();
    private int[] starts = new int[64];
    private int paragraphs;

    void add(Item item, List<Block> blocks) {
        if (items.size() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[items.size()] = paragraphs;
        items.add(item);
        for (Block b : blocks) {
            paragraphs += b.paragraphs();
        }
    }

    private int indexAt(int paragraph) {
        int at = Arrays.binarySearch(starts, 0, items.size(), paragraph);
        int index = at >= 0 ? at : -at - 2;
        // Items without paragraphs share their start with the next one.
        while (index + 1 < items.size() && starts[index + 1] <= paragraph) {
            index++;
        }
        return Math.min(index, items.size() - 1);
    }

    @Nullable Item itemAt(int paragraph) {
        int index = items.isEmpty() ? -1 : indexAt(paragraph);
        return index < 0 ? null : items.get(index);
    }

    /// The first paragraph of the item at this paragraph.
    int startAt(int paragraph) {
        return items.isEmpty() ? 0 : starts[indexAt(paragraph)];
    }

    /// The first paragraph behind the item, or -1.
    int endOf(String itemId) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(itemId)) {
                return i + 1 < items.size() ? starts[i + 1] : paragraphs;
            }
        }
        return -1;
    }

    /// The first paragraph of the item, or -1.
    int startOf(String itemId) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(itemId)) {
                return starts[i];
            }
        }
        return -1;
    }

    List<Item> items(int fromParagraph, int toParagraph) {
        return items.isEmpty()
                ? List.of()
                : List.copyOf(items.subList(indexAt(fromParagraph), indexAt(toParagraph) + 1));
    }

    /// The paragraph where the next prompt before or behind this paragraph starts, or -1.
    int promptFrom(int paragraph, boolean forward) {
        int found = -1;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Prompt) {
                if (forward && starts[i] > paragraph) {
                    return starts[i];
                } else if (!forward && starts[i] < paragraph) {
                    found = starts[i];
                }
            }
        }
        return found;
    }
}
