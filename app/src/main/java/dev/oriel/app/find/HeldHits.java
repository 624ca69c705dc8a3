package dev.oriel.app.find;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hits in the held items, in the order of the conversation. Immutable.
record HeldHits(List<ItemMatches> items) {
    static final HeldHits NONE = new HeldHits(List.of());

    /// One of the hits.
    ///
    /// @param item index of its item
    /// @param match index of its match in the item
    record Place(int item, int match) {}

    HeldHits {
        items = List.copyOf(items);
    }

    FindHit hit(Place place) {
        return items.get(place.item()).hit(place.match());
    }

    String itemId(Place place) {
        return items.get(place.item()).item().id();
    }

    long total() {
        return items.stream().mapToLong(ItemMatches::count).sum();
    }

    /// The number of hits before a place.
    long before(Place place) {
        long sum = place.match();
        for (int i = 0; i < place.item(); i++) {
            sum += items.get(i).count();
        }
        return sum;
    }

    int indexOf(String itemId) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).item().id().equals(itemId)) {
                return i;
            }
        }
        return -1;
    }

    /// The same hit after the items changed; null if its item has none any more.
    @Nullable Place find(String itemId, int match) {
        int item = indexOf(itemId);
        int count = item < 0 ? 0 : items.get(item).count();
        return count == 0 ? null : new Place(item, Math.min(match, count - 1));
    }

    /// The first hit in or after an item; null if there is none.
    @Nullable Place firstFrom(int item) {
        for (int i = Math.max(0, item); i < items.size(); i++) {
            if (items.get(i).count() > 0) {
                return new Place(i, 0);
            }
        }
        return null;
    }

    /// The last hit in or before an item; null if there is none.
    @Nullable Place lastUpTo(int item) {
        for (int i = Math.min(item, items.size() - 1); i >= 0; i--) {
            if (items.get(i).count() > 0) {
                return new Place(i, items.get(i).count() - 1);
            }
        }
        return null;
    }

    @Nullable Place after(Place place) {
        return place.match() + 1 < items.get(place.item()).count()
                ? new Place(place.item(), place.match() + 1)
                : firstFrom(place.item() + 1);
    }

    @Nullable Place previous(Place place) {
        return place.match() > 0
                ? new Place(place.item(), place.match() - 1)
                : lastUpTo(place.item() - 1);
    }

    /// The last hit that begins at or before a line of an item, or else before the item; null if
    /// there is none.
    @Nullable Place lastAtOrBefore(int item, int line, int start) {
        int match =
                item < 0 || item >= items.size() ? -1 : items.get(item).lastAtOrBefore(line, start);
        return match >= 0 ? new Place(item, match) : lastUpTo(item - 1);
    }

    /// The first hit of a message after a position.
    @Nullable Place firstAfter(long seq) {
        for (int i = 0; i < items.size(); i++) {
            long own = items.get(i).item().seq();
            if ((own == 0 || own > seq) && items.get(i).count() > 0) {
                return new Place(i, 0);
            }
        }
        return null;
    }

    /// The last hit of a message before a position.
    @Nullable Place lastBefore(long seq) {
        for (int i = items.size() - 1; i >= 0; i--) {
            long own = items.get(i).item().seq();
            if (own > 0 && own < seq && items.get(i).count() > 0) {
                return new Place(i, items.get(i).count() - 1);
            }
        }
        return null;
    }
}
