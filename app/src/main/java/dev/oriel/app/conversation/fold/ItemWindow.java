package dev.oriel.app.conversation.fold;

import dev.oriel.app.conversation.item.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The items of a part of a conversation, in order, each id once. The items of one message are
/// added and dropped together.
final class ItemWindow {
    private final List<Item> items = new ArrayList<>();

    /// The item to which a message only added something, such as the result of a tool, by the
    /// message's seq.
    private final NavigableMap<Long, String> added = new TreeMap<>();

    /// The items so far. A view that changes with the next item.
    List<Item> items() {
        return items;
    }

    /// Replaces the item with the same id, or adds the item at the end.
    void put(Item item) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).id().equals(item.id())) {
                items.set(i, item);
                return;
            }
        }
        items.add(item);
    }

    @Nullable Item find(String id) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).id().equals(id)) {
                return items.get(i);
            }
        }
        return null;
    }

    /// Removes the item if it was only streamed and never journaled.
    void removeStreamed(String id) {
        items.removeIf(i -> i.id().equals(id) && i.seq() == 0);
    }

    /// Removes the item with this id.
    void remove(String id) {
        items.removeIf(i -> i.id().equals(id));
    }

    void replaceAll(UnaryOperator<Item> each) {
        items.replaceAll(each);
    }

    /// A message added something to an item of an earlier message.
    ///
    /// @param seq of the message; 0 if it has none
    void recordAddition(long seq, String toItem) {
        if (seq > 0) {
            added.put(seq, toItem);
        }
    }

    /// The item that shows the content of a message, or of the message right before it; null if
    /// neither is held.
    @Nullable String itemOf(long seq) {
        String toItem = added.get(seq);
        if (toItem != null && find(toItem) != null) {
            return toItem;
        }
        String best = null;
        for (Item item : items) {
            if (item.seq() == seq) {
                return item.id();
            }
            if (item.seq() > 0 && item.seq() < seq) {
                best = item.id();
            }
        }
        return best;
    }

    /// Joins the part that comes right before this one.
    void prepend(ItemWindow older) {
        items.addAll(0, older.items);
        added.putAll(older.added);
    }

    /// Drops at least `n` items at the start, and whole messages only.
    ///
    /// @return the dropped items
    List<Item> dropFirst(int n) {
        int cut = Math.min(n, items.size());
        while (cut > 0 && cut < items.size() && items.get(cut).seq() == items.get(cut - 1).seq()) {
            cut++;
        }
        List<Item> gone = List.copyOf(items.subList(0, cut));
        items.subList(0, cut).clear();
        if (!items.isEmpty() && items.getFirst().seq() > 0) {
            added.headMap(items.getFirst().seq()).clear();
        }
        return gone;
    }

    /// Drops items after the first `n`, and whole messages only.
    ///
    /// @return the seq of the first message that was dropped; 0 if none could be
    long dropAfter(int n) {
        int cut = n;
        while (cut < items.size()
                && cut > 0
                && (items.get(cut).seq() == 0
                        || items.get(cut).seq() <= items.get(cut - 1).seq())) {
            cut++;
        }
        if (cut >= items.size()) {
            return 0;
        }
        long first = items.get(cut).seq();
        items.subList(cut, items.size()).clear();
        added.tailMap(first).clear();
        return first;
    }
}
