package dev.oriel.app.conversation.fold;

import dev.oriel.app.conversation.item.Item;
import java.util.ArrayList;
import java.util.List;

/// Recognises what the CLI repeats after a compaction: until the end of the turn it sends again
/// what commands printed, which is shown already.
///
/// What a part of a conversation repeats may be shown only in the part before it, so what could be
/// a repetition is kept until that part is joined.
final class CompactionEchoes {
    private static final int MOST = 100;

    private final ItemWindow window;

    /// Shown after a compaction of this part.
    private final List<Shown> afterCompaction = new ArrayList<>();

    /// Shown in the first turn of this part, which may have begun with a compaction.
    private final List<Shown> inFirstTurn = new ArrayList<>();

    private boolean compacted;
    private boolean turnFinished;

    private record Shown(String id, String text) {}

    CompactionEchoes(ItemWindow window) {
        this.window = window;
    }

    void onCompacted() {
        compacted = true;
    }

    void onTurnFinished() {
        compacted = false;
        turnFinished = true;
    }

    /// Whether a notice with this text is shown and only repeated.
    ///
    /// @param id of the item if it is shown
    boolean isEcho(String id, String text) {
        if (compacted && shows(text)) {
            return true;
        }
        if (compacted) {
            add(afterCompaction, new Shown(id, text));
        } else if (!turnFinished) {
            add(inFirstTurn, new Shown(id, text));
        }
        return false;
    }

    private static void add(List<Shown> list, Shown shown) {
        if (list.size() < MOST) {
            list.add(shown);
        }
    }

    private boolean shows(String text) {
        return window.items().stream()
                .anyMatch(i -> i instanceof Item.Notice n && n.text().equals(text));
    }

    /// Joins the part that comes right before this one, before its items are joined.
    void joinOlder(CompactionEchoes older) {
        if (older.compacted) {
            inFirstTurn.forEach(s -> add(afterCompaction, s));
            inFirstTurn.clear();
            compacted |= !turnFinished;
        } else if (older.turnFinished) {
            inFirstTurn.clear();
        }
        afterCompaction.removeIf(s -> {
            boolean repeats = older.shows(s.text());
            if (repeats) {
                window.remove(s.id());
            }
            return repeats;
        });
        older.afterCompaction.forEach(s -> add(afterCompaction, s));
        older.inFirstTurn.forEach(s -> add(inFirstTurn, s));
        turnFinished |= older.turnFinished;
    }
}
